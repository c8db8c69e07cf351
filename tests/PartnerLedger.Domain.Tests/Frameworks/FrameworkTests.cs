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
    public void A_revision_recorded_elsewhere_holds_even_of_an_unknown_framework()
    {
        Assert.Equal("Rounds", Framework.Fold(null, Revised).Name);
        Assert.Equal("Rounds", Framework.Undefined.Apply(Revised).Name);
        Assert.Equal("Ward rounds", Framework.Undefined.Apply(Defined).Name);
    }
}
