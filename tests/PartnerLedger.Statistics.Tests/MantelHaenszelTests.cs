using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Statistics.Tests;

public sealed class MantelHaenszelTests
{
    // Berkeley's six largest departments in 1973: men admitted of all men, women admitted of all women.
    private static readonly TwoByTwo[] Admissions =
    [
        new(512, 825, 89, 108), new(353, 560, 17, 25), new(120, 325, 202, 593), new(138, 417, 131, 375), new(53, 191, 94, 393), new(22, 373, 24, 341),
    ];

    private static readonly Arbitrary<TwoByTwo[]> Strata =
        (from of in Gen.Choose(0, 40)
         from versusOf in Gen.Choose(0, 40)
         from noted in Gen.Choose(0, of)
         from versusNoted in Gen.Choose(0, versusOf)
         select new TwoByTwo(noted, of, versusNoted, versusOf)).ArrayOf().ToArbitrary();

    [Fact]
    public void Admissions_to_berkeley_have_the_published_common_odds_ratio()
    {
        var common = MantelHaenszel.CommonOddsRatio(Admissions)!;

        Assert.Equal(.9046968, common.Value, 7);
        Assert.Equal(.7719074, common.Low, 7);
        Assert.Equal(1.0603298, common.High, 7);
    }

    [Fact]
    public void One_stratum_is_an_odds_ratio()
    {
        var table = new TwoByTwo(9, 10, 3, 10);
        var common = MantelHaenszel.CommonOddsRatio([table])!;

        Assert.Equal(table.OddsRatio()!.Value, common.Value, 9);
        Assert.Equal(table.OddsRatio()!.Low, common.Low, 9);
        Assert.Equal(table.OddsRatio()!.High, common.High, 9);
    }

    [Fact]
    public void Limits_hold_their_estimate_and_exchanging_the_groups_inverts_it() =>
        Prop.ForAll(Strata, strata =>
        {
            var turned = MantelHaenszel.CommonOddsRatio([.. strata.Select(s => new TwoByTwo(s.VersusNoted, s.VersusOf, s.Noted, s.Of))]);
            return MantelHaenszel.CommonOddsRatio(strata) is { } common
                ? common.Low <= common.Value && common.Value <= common.High && double.IsFinite(common.High) && Math.Abs((common.Value * turned!.Value) - 1) < 1e-9
                : turned is null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_nobody_differs_there_is_no_odds_ratio()
    {
        Assert.Null(MantelHaenszel.CommonOddsRatio([]));
        Assert.Null(MantelHaenszel.CommonOddsRatio([new(5, 5, 0, 5)]));
        Assert.Null(MantelHaenszel.CommonOddsRatio([new(0, 0, 0, 0), new(3, 5, 0, 0)]));
    }
}
