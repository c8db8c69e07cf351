using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>What a brief tells of a factor, and of who recovered, where fewer than five are not told.</summary>
public sealed class BriefDisclosureTests
{
    private static readonly HashSet<Fate> None = [];

    [Fact]
    public void Where_no_count_is_small_all_is_told()
    {
        var row = Row(new(8, 8, 5, 5), new(5, 5, 0, 0), new(6, 6, 0, 0), new(0, 0, 0, 0));

        Assert.Equal([(8, 40), (5, 40), (6, 40), (5, 19)], new[] { row.Troubled, row.Potential, row.Successful, row.Recovered }.Select(share => (share.Noted, share.Of)));
        Assert.False(row.Suppressed);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(1, 1)]
    [InlineData(8, 4)]
    [InlineData(8, 1)]
    public void A_fate_of_which_few_are_noted_or_by_few_is_hidden_and_what_follows_from_it(long noted, long informants)
    {
        var row = Row(new(noted, informants, 0, 0), new(0, 0, 0, 0), new(8, 8, 0, 0), new(20, 20, 0, 0));

        Assert.Equal((null, 40), (row.Troubled.Noted, row.Troubled.Of));
        Assert.Null(row.Troubled.Share);
        Assert.Null(row.RiskDifference);
        Assert.Null(row.PValue);
        Assert.True(row.Suppressed);
        Assert.Equal((8, 40), (row.Successful.Noted, row.Successful.Of));
    }

    [Fact]
    public void Where_a_fates_number_is_hidden_nothing_of_it_is_told_and_not_who_recovered()
    {
        var row = Row(new(8, 8, 5, 5), new(5, 5, 0, 0), new(6, 6, 0, 0), new(10, 10, 0, 0), hidden: [Fate.Potential]);

        Assert.Equal(new NotedShare(null, null, null, null, null), row.Potential);
        Assert.Equal(new NotedShare(null, null, null, null, null), row.Recovered);
        Assert.Equal(8, row.Troubled.Noted);
        Assert.Empty(Draw(new(8, 8, 5, 5), new(5, 5, 0, 0), new(6, 6, 0, 0), new(10, 10, 0, 0), 40, hidden: null).Rows);
    }

    // How many failed ones are, is hidden: few people noted it. Beside them stand those of which the row says nothing else: what is noted of both together is what is
    // noted of all, less what is shown; so it is known the more closely the fewer the others are.
    [Theory]
    [InlineData(2, 20, 40, true)]
    [InlineData(2, 3, 40, true)]
    [InlineData(2, 3, 5, true)]
    [InlineData(2, 3, 4, false)]
    [InlineData(2, 3, 3, false)]
    [InlineData(2, 2, 40, false)]
    [InlineData(2, 0, 40, false)]
    [InlineData(2, 0, 0, false)]
    [InlineData(4, 38, 38, true)]
    [InlineData(39, 38, 38, false)]
    [InlineData(36, 37, 38, true)]
    [InlineData(36, 38, 38, false)]
    public void Who_recovered_of_all_that_have_it_noted_is_told_unless_all_gives_a_hidden_fate_away(long troubled, long open, long ofOpen, bool isTold)
    {
        var row = Row(new(troubled, 4, 0, 0), new(0, 0, 0, 0), new(30, 30, 6, 6), new(open, open, 0, 0), ofOpen);

        Assert.Null(row.Troubled.Noted);
        Assert.Equal(isTold ? (6, troubled + open + 30) : (null, null), (row.Recovered.Noted, row.Recovered.Of));
    }

    [Fact]
    public void Fates_hidden_beside_each_other_hide_each_other()
    {
        var row = Row(new(3, 9, 0, 0), new(3, 9, 0, 0), new(30, 30, 6, 6), new(0, 0, 0, 0), ofOpen: 0);

        Assert.Equal((null, null), (row.Troubled.Noted, row.Potential.Noted));
        Assert.Equal((6, 36), (row.Recovered.Noted, row.Recovered.Of));
        Assert.Null(Row(new(2, 9, 0, 0), new(2, 9, 0, 0), new(30, 30, 6, 6), new(0, 0, 0, 0), ofOpen: 0).Recovered.Of);
    }

    [Fact]
    public void A_small_number_that_no_row_shows_is_not_given_away_by_all()
    {
        // All are 33, shown are 30.
        Assert.Null(Row(new(10, 10, 0, 0), new(0, 0, 0, 0), new(20, 20, 6, 6), new(3, 3, 0, 0)).Recovered.Of);
        Assert.Equal(35, Row(new(10, 10, 0, 0), new(0, 0, 0, 0), new(20, 20, 6, 6), new(5, 5, 0, 0)).Recovered.Of);
        Assert.Null(Row(new(10, 10, 0, 0), new(0, 0, 0, 0), new(20, 20, 6, 6), new(5, 4, 0, 0)).Recovered.Of);
    }

    [Theory]
    [InlineData(5, 5, 5L)]
    [InlineData(0, 0, 0L)]
    [InlineData(4, 4, null)]
    [InlineData(1, 1, null)]
    [InlineData(4, 9, null)]
    [InlineData(9, 4, null)]
    public void How_many_recovered_is_told_unless_they_are_few_or_few_noted_it(long recovered, long informants, long? told)
    {
        var row = Row(new(20, 20, recovered, informants), new(0, 0, 0, 0), new(0, 0, 0, 0), new(0, 0, 0, 0));

        Assert.Equal((told, 20), (row.Recovered.Noted, row.Recovered.Of));
        Assert.Equal(told is null, row.Suppressed);
    }

    [Fact]
    public void People_who_noted_it_of_several_fates_may_be_the_same()
    {
        Assert.Null(Row(new(20, 4, 0, 0), new(0, 0, 0, 0), new(0, 0, 0, 0), new(20, 4, 0, 0)).Recovered.Of);
        Assert.Equal(40, Row(new(20, 4, 0, 0), new(0, 0, 0, 0), new(0, 0, 0, 0), new(20, 5, 0, 0)).Recovered.Of);

        // Of those that recovered, three noted it of one fate and three of another: these may be three.
        Assert.Equal((null, 40), Recovered(new(20, 20, 10, 3), new(20, 20, 10, 3)));
        Assert.Equal((20, 40), Recovered(new(20, 20, 10, 3), new(20, 20, 10, 5)));

        static (long?, long?) Recovered(CountedNotes troubled, CountedNotes successful) =>
            Row(troubled, new(0, 0, 0, 0), successful, new(0, 0, 0, 0)).Recovered is var share ? (share.Noted, share.Of) : default;
    }

    private static BriefRow Row(CountedNotes troubled, CountedNotes potential, CountedNotes successful, CountedNotes open, long ofOpen = 40, HashSet<Fate>? hidden = null) =>
        Assert.Single(Draw(troubled, potential, successful, open, ofOpen, hidden ?? None).Rows);

    private static Briefing Draw(CountedNotes troubled, CountedNotes potential, CountedNotes successful, CountedNotes open, long ofOpen, HashSet<Fate>? hidden)
    {
        var population = new Dictionary<PartnershipState, long>
        {
            [PartnershipState.Failed] = 40,
            [PartnershipState.Undeveloped] = 40,
            [PartnershipState.Successful] = 40,
            [PartnershipState.Active] = ofOpen,
        };
        var notes = new Dictionary<Fate, CountedNotes> { [Fate.Troubled] = troubled, [Fate.Potential] = potential, [Fate.Successful] = successful, [Fate.Open] = open };
        var factor = StarterCatalogue.Events.Aggregate(Catalogue.Empty, Catalogue.Fold).Factors["N-FUND"];
        return new Brief(new(population, [new(factor, notes)]), hidden, 5, isNarrowed: false).Draw();
    }
}
