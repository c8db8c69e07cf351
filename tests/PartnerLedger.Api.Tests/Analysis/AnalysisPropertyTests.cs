using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

public sealed class AnalysisPropertyTests(TestCluster cluster)
{
    private const long Threshold = 3;

    private static readonly Disclosure ToLeaders = Disclosure.For(new HashSet<Role> { Role.Leader }, Threshold);
    private static readonly Disclosure ToAnalysts = Disclosure.For(new HashSet<Role> { Role.Analyst }, Threshold);

    private static readonly Arbitrary<(Act[] Acts, Ask[] Asks)> Cases = (
        from acts in (
            from who in Gen.Choose(0, 7)
            from what in Gen.Choose(0, 14)
            from a in Gen.Choose(0, 1000)
            from b in Gen.Choose(0, 1000)
            from c in Gen.Choose(0, 1000)
            from cut in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Act(who, what, a, b, c, cut)).ArrayOf(70)
        from asks in (
            from states in Some(Enum.GetValues<PartnershipState>(), 6)
            from sectors in Some(Enum.GetValues<Sector>(), 4)
            from regions in Some(History.Regions, 4)
            from regionOf in Gen.Elements(RegionOf.Partnership, RegionOf.Informant)
            from span in Gen.Choose(0, 6)
            from asOf in Gen.Choose(-100, 100)
            from factors in Some(History.Codes, 5)
            from topics in Some(["TRUST", "FUND"], 5)
            from polarities in Some(Enum.GetValues<Polarity>(), 5)
            from split in Some(Enum.GetValues<By>(), 3)
            from landmark in Gen.Choose(-300, 500)
            from entry in Gen.Elements(Entry.Proposed, Entry.Recorded)
            select new Ask(states, sectors, regions, regionOf, span, asOf, factors, topics, polarities, split, landmark, entry)).ArrayOf(14)
        select (acts, asks)).ToArbitrary();

    [Fact]
    public void Live_and_rebuilt_tables_answer_what_counting_one_by_one_tells() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(Cases, given => Agree(given.Acts, given.Asks)));

    private static Gen<T[]> Some<T>(T[] values, int seldom) =>
        from none in Gen.Choose(0, seldom)
        from some in Gen.SubListOf(values)
        select none > 0 ? [] : some.ToArray();

    private async Task Agree(Act[] acts, Ask[] asks)
    {
        await using var ledger = await AnalysisLedger.Make(cluster);
        var history = new History();
        await history.Define(ledger);
        foreach (var act in acts)
        {
            if (await history.Do(act, ledger) && act.Cut)
            {
                await ledger.Cut();
            }
        }

        await ledger.Cut();
        var recorded = await ledger.Recorded();
        foreach (var ask in asks)
        {
            await Agree(ledger, history, ask.At(ledger.Head));
            await AgreeOnBrief(ledger, history, ask.Planned(ask.At(ledger.Head)));
            await Agree(ledger, history, ask.Of(ask.At(ledger.Head), recorded.Values.DefaultIfEmpty().Max()), recorded);
        }

        var live = await ledger.Rows();
        Assert.True(await ledger.Daemon.RebuildNow(CancellationToken.None));
        Assert.Equal(live, await ledger.Rows());
    }

    private static async Task Agree(AnalysisLedger ledger, History history, AnalysisQuestion question)
    {
        var naive = new NaiveAnalysis(history, question);
        var summary = await ledger.Summary.Ask(question, CancellationToken.None);
        var all = await All(ledger, question);
        Assert.Equal(ledger.Head, summary.Position);
        var shown = ToLeaders.Answer(summary, all, question, History.Regions);
        Assert.Equal(Text(naive.Summary(History.Regions)), Text(shown));
        HidesWhatIsSmall(Counts(shown), Counts(ToAnalysts.Answer(summary, all, question, History.Regions)));

        var factors = await ledger.Factors.Ask(question, CancellationToken.None);
        var rows = ToLeaders.Answer(factors, all, question);
        Assert.Equal(naive.Factors().Select(Text), rows.Select(Text));
        HidesWhatIsSmall(rows, ToAnalysts.Answer(factors, all, question));
    }

    private static async Task Agree(AnalysisLedger ledger, History history, LifeQuestion question, Dictionary<Guid, DateOnly> recorded)
    {
        var naive = new NaiveLives(history, question, recorded);
        var courses = naive.Courses();
        var all = await All(ledger, question.Partnerships);
        var counted = await ledger.Courses.Ask(question, CancellationToken.None);
        Assert.Equal(ledger.Head, counted.Position);
        var ends = new TimeToEnd(new() { Horizon = 600 });
        Assert.Equal(Text(ends.Estimate(courses, question.Compares, Told.Groups, _ => false)), Text(ToLeaders.Answer(counted, all, question, ends)));
        Assert.Equal(Text(ToAnalysts.Answer(Sealed(courses), all, question, ends)), Text(ToAnalysts.Answer(counted, all, question, ends)));

        var moves = await ledger.Moves.Ask(question, CancellationToken.None);
        Assert.Equal(ledger.Head, moves.Position);
        var chosen = await ledger.Summary.Ask(question.Partnerships, CancellationToken.None);
        Assert.Equal(Text(Transitions.Compare(naive.Moves(), HiddenMoves.None, _ => false)), Text(ToLeaders.Answer(moves, all, chosen, question.Partnerships)));
        Assert.Equal(
            Text(ToAnalysts.Answer(Sealed(naive.Moves()), all, chosen, question.Partnerships)), Text(ToAnalysts.Answer(moves, all, chosen, question.Partnerships)));
    }

    private static async Task AgreeOnBrief(AnalysisLedger ledger, History history, AnalysisQuestion question)
    {
        var counted = await ledger.Brief.Ask(question, CancellationToken.None);
        var naive = NaiveBrief.Count(new NaiveAnalysis(history, question));
        Assert.Equal(ledger.Head, counted.Position);
        var all = await All(ledger, question);
        Assert.Equal(Text(new Brief(naive, new HashSet<Fate>(), 1, question.IsNarrowed).Draw()), Text(ToLeaders.Answer(counted, all, question)));
        Assert.Equal(Text(ToAnalysts.Answer(Sealed(naive), all, question)), Text(ToAnalysts.Answer(counted, all, question)));
        await AgreeOnPresent(ledger, question, Threshold);
        await AgreeOnPresent(ledger, question, enough: 10_000);
    }

    // The present's cells tell what its ranges do, who recovered included; and of people, whether there are enough: looked up one by one, or
    // counted where many would have to be.
    private static async Task AgreeOnPresent(AnalysisLedger ledger, AnalysisQuestion question, long enough)
    {
        var present = question with { AsOf = null, From = null, To = null, RegionOf = RegionOf.Partnership, EnoughInformants = enough };
        var cells = await ledger.Brief.Ask(present, CancellationToken.None);
        var scanned = await ledger.Brief.Ask(present with { AsOf = ledger.Head }, CancellationToken.None);
        var all = await All(ledger, present);
        Assert.All([ToLeaders, ToAnalysts], to => Assert.Equal(Text(to.Answer(scanned, all, present)), Text(to.Answer(cells, all, present))));

        var byState = present with { By = new HashSet<By> { By.State } };
        var sides = await ledger.Factors.Ask(byState, CancellationToken.None);
        var standing = await ledger.Factors.Ask(byState with { AsOf = ledger.Head }, CancellationToken.None);
        Assert.All([ToLeaders, ToAnalysts], to => Assert.Equal(to.Answer(standing, all, byState).Select(Text), to.Answer(sides, all, byState).Select(Text)));

        var whole = present with { States = [], Sectors = [], Combination = null, Regions = [] };
        var pairs = await ledger.Cooccurrence.Ask(whole, CancellationToken.None);
        var met = await ledger.Cooccurrence.Ask(whole with { AsOf = ledger.Head }, CancellationToken.None);
        var profiles = await ledger.Profiles.Ask(whole, CancellationToken.None);
        all = await All(ledger, whole);
        Assert.All([ToLeaders, ToAnalysts], to => Assert.Equal(Text(to.Answer(met, profiles, all, whole)), Text(to.Answer(pairs, profiles, all, whole))));

        var years = await ledger.Trend.Ask(whole with { CountsInformants = false }, CancellationToken.None);
        var began = await ledger.Trend.Ask(whole with { AsOf = ledger.Head }, CancellationToken.None);
        Assert.Equal(Text(ToLeaders.Answer(began, all, whole)), Text(ToLeaders.Answer(years, all, whole)));
    }

    private static Task<Disclosure.Counted<CountedPartnerships>> All(AnalysisLedger ledger, AnalysisQuestion question) =>
        ledger.Summary.Ask(new() { AsOf = question.AsOf, RegionOf = question.RegionOf }, CancellationToken.None);

    private static Disclosure.Counted<T> Sealed<T>(T counts) => new(counts, 0);

    private static void HidesWhatIsSmall(IReadOnlyList<long?> counts, IReadOnlyList<long?> shown) =>
        Assert.All(counts.Zip(shown), count => Assert.True(count.Second is null || (count.Second == count.First && count.First is 0 or >= Threshold)));

    // A row of no partnership is there only where its absence would tell, and tells nothing.
    private static void HidesWhatIsSmall(IReadOnlyList<FactorRow> counted, IReadOnlyList<FactorRow> shown)
    {
        var counts = counted.ToDictionary(Identity);
        foreach (var row in shown)
        {
            var full = counts.GetValueOrDefault(Identity(row));
            HidesWhatIsSmall([full?.Of ?? 0], [row.Of]);
            Assert.Equal(row.Suppressed, row.Noted is null);
            Assert.Equal(Text(row.Suppressed ? (full ?? row) with { Noted = null, Of = row.Of, Informants = null, Share = null, Low = null, High = null, Suppressed = true } : full), Text(row));
            HidesWhatIsSmall([full?.Noted ?? 0, full?.Informants ?? 0], [row.Noted, row.Informants]);
        }

        Assert.True(shown.Count == 0 || counts.Keys.ToHashSet().IsSubsetOf(shown.Select(Identity)));
    }

    private static (string?, string?, Polarity?, Sector?, string?, string?, string?, PartnershipState?) Identity(FactorRow row) =>
        (row.Factor, row.Topic, row.Polarity, row.Sector, row.Sectors, row.Region, row.Regions, row.State);

    private static List<long?> Counts(SummaryAnswer answer) =>
        [answer.Partnerships, answer.Informants, .. answer.BySector.Values, .. answer.BySpan.Values, .. answer.ByRegion.Values, .. answer.ByState.Values];

    private static string Text<T>(T answer) => JsonSerializer.Serialize(answer, Json.Options);

    internal sealed record Ask(
        PartnershipState[] States, Sector[] Sectors, string[] Regions, RegionOf RegionOf, int Span, int AsOf,
        string[] Factors, string[] Topics, Polarity[] Polarities, By[] By, int Landmark, Entry Entry)
    {
        public override string ToString() => JsonSerializer.Serialize(At(100), Json.Options);

        /// <summary>Lives that are watched some time beyond the day of recording.</summary>
        public LifeQuestion Of(AnalysisQuestion question, DateOnly recorded) => new(question, recorded.AddDays(Landmark + 300))
        {
            Entry = Entry,
            Landmark = Landmark < 0 ? null : Landmark,
        };

        /// <summary>A plan names no state, and all its sectors.</summary>
        public AnalysisQuestion Planned(AnalysisQuestion question) => question with
        {
            States = [],
            Sectors = [],
            Combination = Sectors.Length == 0 ? null : SectorBits.Of(Sectors),
            Polarities = [],
            EnoughInformants = Landmark % 2 == 0 ? Threshold : null,
        };

        public AnalysisQuestion At(long head) => new()
        {
            States = States,
            Sectors = Sectors,
            Regions = Regions,
            RegionOf = RegionOf,
            From = Span is 4 or 5 ? new DateOnly(2023, 4, 1) : null,
            To = Span is 5 or 6 ? new DateOnly(2024, 2, 29) : null,
            AsOf = AsOf < 0 ? null : head * AsOf / 100,
            Factors = Factors,
            Topics = Topics,
            Polarities = Polarities,
            By = By.ToHashSet(),
        };
    }
}
