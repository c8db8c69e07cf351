using PartnerLedger.Domain.Factors;

namespace PartnerLedger.Domain.Tests.Factors;

public sealed class CatalogueTests
{
    private static readonly Factor Trust = new()
    {
        Code = "N-TRUST",
        Topic = "TRUST",
        Polarity = Polarity.Negative,
        Label = "Insufficient trust",
        Definition = "They do not rely on each other.",
        Source = "interviews",
        Mitigations = ["Listen"],
    };

    [Fact]
    public void A_factor_is_defined_and_found_by_its_code()
    {
        var defined = Assert.IsType<FactorDefined>(Assert.Single(Catalogue.Empty.Define(Trust).Events));
        var catalogue = Catalogue.Create(defined);

        Assert.Equal(1, catalogue.Version);
        Assert.Equal(Trust, catalogue.Factors["N-TRUST"]);
    }

    [Fact]
    public void A_code_is_defined_once()
    {
        var rejection = Folded(Catalogue.Empty.Define(Trust)).Define(Trust with { Label = "Another" }).Rejection;

        Assert.Equal((RejectionKind.Conflict, "factor-exists"), (rejection!.Kind, rejection.Code));
    }

    [Fact]
    public void A_factor_is_revised_as_a_whole()
    {
        var before = Folded(Catalogue.Empty.Define(Trust));
        var revised = Trust with { Label = "Little trust", Definition = null, Mitigations = [] };

        var after = Catalogue.Fold(before, Assert.IsType<FactorRevised>(Assert.Single(before.Revise(revised).Events)));

        Assert.Equal(2, after.Version);
        Assert.Equal(revised, after.Factors["N-TRUST"]);
        Assert.Equal(Trust, before.Factors["N-TRUST"]);
    }

    [Fact]
    public void What_is_not_in_the_catalogue_cannot_be_revised()
    {
        var rejection = Catalogue.Empty.Revise(Trust).Rejection;

        Assert.Equal((RejectionKind.NotFound, "factor-unknown"), (rejection!.Kind, rejection.Code));
    }

    [Fact]
    public void Codes_differ_by_case() => Assert.True(Folded(Catalogue.Empty.Define(Trust)).Define(Trust with { Code = "n-trust" }).IsAccepted);

    [Fact]
    public void A_revision_recorded_elsewhere_holds_even_of_an_unknown_code()
    {
        var revision = new FactorRevised { Code = "X", Topic = "T", Polarity = Polarity.Success, Label = "L", Mitigations = [] };

        Assert.Equal("L", Catalogue.Fold(null, revision).Factors["X"].Label);
        Assert.Equal("L", Catalogue.Empty.Apply(revision).Factors["X"].Label);
    }

    [Fact]
    public void The_starter_catalogue_has_a_negative_and_a_success_factor_for_each_of_24_topics()
    {
        var catalogue = StarterCatalogue.Events.Aggregate((Catalogue?)null, Catalogue.Fold)!;

        Assert.Equal((48L, 48), (catalogue.Version, catalogue.Factors.Count));
        var topics = catalogue.Factors.Values.GroupBy(factor => factor.Topic).ToList();
        Assert.Equal(24, topics.Count);
        Assert.All(topics, topic => Assert.Equal(
            [($"N-{topic.Key}", Polarity.Negative), ($"S-{topic.Key}", Polarity.Success)],
            topic.Select(factor => (factor.Code, factor.Polarity))));
        Assert.All(catalogue.Factors.Values, factor => Assert.Equal("synthesis", factor.Source));
        Assert.Equal(["Build the relationship, listen, be truthful"], catalogue.Factors["N-TRUST"].Mitigations);
        Assert.Equal(7, catalogue.Factors.Values.Count(factor => factor.Mitigations.Count > 0));
    }

    private static Catalogue Folded(Decision<ICatalogueEvent> decision) => decision.Events.Aggregate(Catalogue.Empty, Catalogue.Fold);
}
