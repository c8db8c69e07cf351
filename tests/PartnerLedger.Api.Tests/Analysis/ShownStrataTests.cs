using PartnerLedger.Api.Analysis;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>Which strata are compared apart, and which are one, where fewer than five are not told.</summary>
public sealed class ShownStrataTests
{
    private static readonly CountedStratum Large = Of("large", 20, 40, 20, 40);
    private static readonly CountedStratum Middle = Of("middle", 10, 40, 12, 40);
    private static readonly CountedStratum Weak = Of("weak", 25, 40, 6, 40);

    [Fact]
    public void Strata_of_which_no_count_is_small_are_told_apart()
    {
        var told = Tell([Weak, Large, Middle]);

        Assert.Equal([Large, Middle, Weak], told.Apart);
        Assert.Empty(told.Together);
        Assert.Equal([Large.Table, Middle.Table, Weak.Table], told.Tables);
    }

    [Theory]
    [InlineData(4, 40, 20, 40, 20, 20)]
    [InlineData(1, 40, 20, 40, 20, 20)]
    [InlineData(0, 4, 20, 40, 20, 20)]
    [InlineData(20, 40, 4, 40, 20, 20)]
    [InlineData(20, 40, 0, 1, 20, 20)]
    [InlineData(20, 40, 20, 40, 4, 20)]
    [InlineData(20, 40, 20, 40, 20, 1)]
    public void A_stratum_with_a_small_count_is_one_with_the_weakest_of_the_others(long noted, long of, long versusNoted, long versusOf, long informants, long versusInformants)
    {
        var small = Of("small", noted, of, versusNoted, versusOf, informants, versusInformants);

        var told = Tell([Large, small, Middle, Weak]);

        // Alone it would be told as closely as apart.
        Assert.Equal([Large, Middle], told.Apart);
        Assert.Equal([small, Weak], told.Together);
        Assert.Equal([Large.Table, Middle.Table, new(noted + 25, of + 40, versusNoted + 6, versusOf + 40)], told.Tables);
    }

    [Theory]
    [InlineData(5, 40, 20, 40, 5, 5)]
    [InlineData(0, 0, 20, 40, 0, 20)]
    [InlineData(0, 5, 0, 5, 0, 0)]
    public void Zero_and_five_are_not_small(long noted, long of, long versusNoted, long versusOf, long informants, long versusInformants) =>
        Assert.Empty(Tell([Large, Of("edge", noted, of, versusNoted, versusOf, informants, versusInformants)]).Together);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stratum_whose_partnerships_are_hidden_on_one_side_is_not_told_apart(bool isOfGroup)
    {
        var told = Tell([Large, Middle, Weak], new HashSet<Stratum> { isOfGroup ? Large.Group : Large.Versus });

        Assert.Equal([Middle, Weak], told.Apart);
        Assert.Equal([Large], told.Together);
    }

    [Fact]
    public void As_many_are_put_together_as_it_takes_that_they_are_not_small_and_no_more()
    {
        var (one, other) = (Of("a", 2, 40, 20, 40, informants: 5), Of("b", 3, 40, 20, 40, informants: 5));
        Assert.Equal([one, other], Tell([Large, one, other]).Together);

        var few = Of("b", 2, 40, 20, 40, informants: 5);
        Assert.Equal([one, few, Weak], Tell([Large, Middle, one, few, Weak]).Together);
    }

    [Fact]
    public void People_who_told_of_several_strata_may_be_the_same()
    {
        var (one, other) = (Of("a", 20, 40, 20, 40, 3, 20), Of("b", 20, 40, 20, 40, 4, 20));
        Assert.Equal([one, other, Weak], Tell([one, other, Weak, Large]).Together);

        (one, other) = (Of("a", 20, 40, 20, 40, 20, 3), Of("b", 20, 40, 20, 40, 20, 4));
        Assert.Equal([one, other, Weak], Tell([one, other, Weak, Large]).Together);
    }

    // Of the second stratum all but a few have it noted: of all that have, so many are the first one's.
    [Theory]
    [InlineData(3, 7, 5, true)]
    [InlineData(3, 8, 5, false)]
    [InlineData(6, 7, 4, true)]
    [InlineData(6, 40, 4, false)]
    public void What_leaves_a_small_count_little_room_is_put_together_with_more(long noted, long of, long informants, bool isNarrow)
    {
        var (one, other) = (Of("a", noted, of, 20, 40, informants), Of("b", 8, 8, 5, 40));
        Assert.Equal(isNarrow ? [one, other, Middle] : [one, other], Tell([Large, Middle, one, other]).Together);
        Assert.Equal([one, other], Tell([Large, Middle, one, other], new HashSet<Stratum> { one.Group }).Together);

        (one, other) = (Of("a", 20, 40, noted, of, versusInformants: informants), Of("b", 5, 40, 8, 8));
        Assert.Equal(isNarrow ? [one, other, Middle] : [one, other], Tell([Large, Middle, one, other]).Together);
        Assert.Equal([one, other], Tell([Large, Middle, one, other], new HashSet<Stratum> { one.Versus }).Together);
    }

    [Fact]
    public void Where_all_would_be_one_there_is_no_table()
    {
        var small = Of("small", 1, 40, 20, 40);

        Assert.Equal((0, 1), (Tell([small]).Tables.Count, Tell([small]).Together.Count));
        Assert.Equal((0, 2), (Tell([small, Weak]).Tables.Count, Tell([small, Weak]).Together.Count));
        Assert.Equal((0, 3), (Tell([Large, Middle, Weak], null).Tables.Count, Tell([Large, Middle, Weak], null).Together.Count));
        Assert.Equal((0, 0), (Tell([]).Tables.Count, Tell([]).Together.Count));
    }

    [Fact]
    public void Which_of_equals_is_the_weakest_does_not_depend_on_the_order_of_counting()
    {
        var small = Of("small", 1, 40, 20, 40);
        CountedStratum[] equals = [Of("c", 10, 40, 10, 40), Of("b", 10, 40, 10, 40), Of("a", 10, 50, 10, 40), Of("d", 10, 40, 10, 40, sectors: 2), Of("d", 10, 40, 10, 40, sectors: 1)];
        CountedStratum[] inOrder = [equals[2], equals[1], equals[0], equals[4], equals[3]];

        Assert.Equal(inOrder, Tell([.. equals]).Apart);
        Assert.Equal(inOrder[..^1], Tell([.. equals, small]).Apart);
        Assert.Equal(inOrder[..^1], Tell([small, .. equals.Reverse()]).Apart);
    }

    private static ToldStrata Tell(IReadOnlyList<CountedStratum> strata) => Tell(strata, new HashSet<Stratum>());

    private static ToldStrata Tell(IReadOnlyList<CountedStratum> strata, IReadOnlySet<Stratum>? hidden) => new ShownStrata(hidden, 5).Tell(strata);

    private static CountedStratum Of(
        string region, long noted, long of, long versusNoted, long versusOf, long? informants = null, long? versusInformants = null, short? sectors = null) => new(
        new(Side.Group, sectors, region), new(Side.Versus, sectors, region), new(noted, of, versusNoted, versusOf), informants ?? noted, versusInformants ?? versusNoted);
}
