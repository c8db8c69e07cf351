using PartnerLedger.Domain.Frameworks;
using PartnerLedger.Domain.Tests.Partnerships;

namespace PartnerLedger.Domain.Tests.Frameworks;

public sealed class FrameworkTests
{
    private static readonly FrameworkDefined Defined = new()
    {
        Code = "rounds",
        Name = "Ward rounds",
        Source = "experience",
        Factors = [new() { Factor = "N-TRUST", Weight = 3, Note = Some.Text("note") }, new() { Factor = "S-TRUST" }],
        Crosswalk = [new() { Term = "Reliance", Factor = "N-TRUST" }, new() { Term = "Reliance", Factor = "S-TRUST" }],
    };

    private static readonly FrameworkRevised Revised = new()
    {
        Code = "rounds",
        Name = "Rounds",
        Source = "experience, 2025",
        Factors = [new() { Factor = "N-COMM" }],
        Crosswalk = [],
    };

    [Fact]
    public void A_framework_is_defined_once()
    {
        var framework = Framework.Create((FrameworkDefined)Assert.Single(Framework.Undefined.Define(Defined).Events));

        Assert.Equal((1, "rounds", "Ward rounds", "experience"), (framework.Version, framework.Code, framework.Name, framework.Source));
        Assert.Equal(Defined.Factors, framework.Factors);
        Assert.Equal(Defined.Crosswalk, framework.Crosswalk);
        var rejection = framework.Define(Defined with { Name = "Another" }).Rejection;
        Assert.Equal((RejectionKind.Conflict, "framework-exists"), (rejection!.Kind, rejection.Code));
    }

    [Fact]
    public void A_framework_is_revised_as_a_whole_and_keeps_what_it_was()
    {
        var before = Framework.Create(Defined);
        var after = Framework.Fold(before, Assert.Single(before.Revise(Revised).Events));

        Assert.Equal((2, "rounds", "Rounds", "experience, 2025"), (after.Version, after.Code, after.Name, after.Source));
        Assert.Equal(Revised.Factors, after.Factors);
        Assert.Empty(after.Crosswalk);
        Assert.Equal((1, "Ward rounds", 2), (before.Version, before.Name, before.Factors.Count));
    }

    [Fact]
    public void What_was_not_defined_cannot_be_revised()
    {
        var rejection = Framework.Undefined.Revise(Revised).Rejection;

        Assert.Equal((RejectionKind.NotFound, "framework-unknown"), (rejection!.Kind, rejection.Code));
    }

    [Fact]
    public void Erasing_notes_changes_nothing_else_and_is_of_versions_that_were_recorded()
    {
        var before = Framework.Fold(Framework.Create(Defined), Revised);
        var erased = Assert.IsType<TextErased>(Assert.Single(before.EraseTexts("rounds", [1, 2], Some.Text("ground")).Events));
        var after = before.Apply(erased);

        Assert.Equal([1, 2], erased.Versions);
        Assert.Equal(Some.Text("ground"), erased.Ground);
        Assert.Equal((3, 2, "Rounds", Revised.Factors), (after.Version, after.SaidWith, after.Name, after.Factors));
        Assert.Equal(4, Framework.Fold(after, Defined).SaidWith);
        Assert.True(after.EraseTexts("rounds", [3], Some.Text("ground")).IsAccepted);
        foreach (var version in new[] { 0, 4 })
        {
            var rejection = after.EraseTexts("rounds", [1, version], Some.Text("ground")).Rejection;
            Assert.Equal((RejectionKind.Invalid, "version-unknown", "/versions/1"), (rejection!.Kind, rejection.Code, rejection.Pointer));
        }

        Assert.Equal("framework-unknown", Framework.Undefined.EraseTexts("rounds", [1], Some.Text("ground")).Rejection!.Code);
    }

    [Fact]
    public void An_erasure_that_was_lost_is_repeated_once()
    {
        var (one, other) = (Earlier(1), Earlier(2));
        var erased = Assert.IsType<TextErased>(Assert.Single(Framework.Create(Defined).EraseAgain([1], Some.Text("restored"), one).Events));
        var after = Framework.Create(Defined).Apply(erased);

        Assert.Equal(one, erased.Earlier);
        Assert.Equal((RejectionKind.Conflict, "already-repeated"), (after.EraseAgain([1], Some.Text("restored"), Earlier(1)).Rejection!.Kind, after.EraseAgain([1], Some.Text("restored"), one).Rejection!.Code));
        Assert.True(after.EraseAgain([1], Some.Text("restored"), other).IsAccepted);
        Assert.Equal(2, after.Version);
    }

    [Fact]
    public void A_revision_recorded_elsewhere_holds_even_of_an_unknown_framework()
    {
        Assert.Equal("Rounds", Framework.Fold(null, Revised).Name);
        Assert.Equal("Rounds", Framework.Undefined.Apply(Revised).Name);
        Assert.Equal("Ward rounds", Framework.Undefined.Apply(Defined).Name);
    }

    private static EarlierErasure Earlier(byte number) =>
        new() { Id = new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number), By = Some.Informant, At = "2025-03-01T08:00:00.000000Z" };
}
