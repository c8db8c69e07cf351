using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>
/// Random ledgers, of which somebody is told one answer and the unfiltered summary: the same each time, lest another's change be
/// blamed for what was always there; with MORE_ATTACKS=N in the environment, N times as many, and others each time.
/// </summary>
public sealed class AttackTests(TestCluster cluster)
{
    private const long Threshold = 3;

    private static readonly Asked OfAll = new("summary", []);

    private static readonly Disclosure ToAnalysts = Disclosure.For(new HashSet<Role> { Role.Analyst }, Threshold);

    [Fact]
    public void Nobody_finds_a_hidden_count_out_from_an_answer_and_the_unfiltered_summary() =>
        Check.One(Attacks(60), Prop.ForAll(Cases(most: 40, questions: 5), FindNothing));

    [Fact]
    public void Nor_from_the_tables_that_a_stratified_odds_ratio_is_made_of() =>
        Check.One(Attacks(60), Prop.ForAll(Cases(most: 80, questions: 4, MadeUpLedger.StratifiedContrasts()), FindNothing));

    // Of three partnerships in one region one has it noted, and of three in another all have it: one to three of the first, were these two told as one.
    [Fact]
    public void Nor_where_what_is_put_together_leaves_it_little_room()
    {
        MadeUp[] ledger =
        [
            .. Failed(region: 1, noted: 1, of: 3), .. Failed(region: 4, noted: 3, of: 3), .. Failed(region: 2, noted: 5, of: 8),
            .. Failed(region: 2, noted: 4, of: 9).Select(one => one with { Shape = one.Shape with { State = 6 } }),
        ];
        FindNothing((ledger, [new("contrast", [("group", "failed"), ("versus", "successful"), ("stratify", "region")])]));

        static IEnumerable<MadeUp> Failed(int region, int noted, int of) =>
            Enumerable.Range(0, of).Select(i => new MadeUp(new(1, true, region, 5, Shape.Years[0]), i < noted ? 1 : 0, i + 1, 0));
    }

    // Two people noted it of all: that nobody is in the other group would tell how many are in this one.
    [Fact]
    public void Nor_where_one_of_two_groups_is_everybody()
    {
        MadeUp[] ledger = [.. Enumerable.Range(0, 12).Select(i => new MadeUp(new(5, true, 4, 3, Shape.Years[0]), 15, i % 2, 0))];
        FindNothing((ledger, [new("incidence", [("factor", "N-FUND"), ("landmark", "50")])]));
    }

    [Fact]
    public void What_is_hidden_does_not_depend_on_the_order_of_recording() =>
        Check.One(Attacks(30), Prop.ForAll(Cases(most: 40, questions: 3), given =>
        {
            MadeUp[] backwards = [.. given.Ledger.Reverse()];
            foreach (var asked in given.Asked)
            {
                Assert.Equal(
                    new CountedByHand(given.Ledger, ToAnalysts).Answer(asked).GetRawText(),
                    new CountedByHand(backwards, ToAnalysts).Answer(asked).GetRawText());
            }
        }));

    [Fact]
    public void Nor_over_http_as_json_or_as_csv_however_often_it_is_asked() =>
        Check.One(Attacks(3), Prop.ForAll(Cases(most: 30, questions: 12), given => Attack(given.Ledger, given.Asked)));

    private static Config Attacks(int most) => Environment.GetEnvironmentVariable("MORE_ATTACKS") is { } times
        ? Config.QuickThrowOnFailure.WithMaxTest(most * int.Parse(times, CultureInfo.InvariantCulture))
        : Config.QuickThrowOnFailure.WithMaxTest(most).WithReplay(0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9);

    private static void FindNothing((MadeUp[] Ledger, Asked[] Asked) given)
    {
        var byHand = new CountedByHand(given.Ledger, ToAnalysts);
        var attacker = new Attacker(byHand.Answer(OfAll), Threshold);
        foreach (var asked in given.Asked)
        {
            Assert.Empty(attacker.FindsOut(asked, byHand.Answer(asked)));
        }
    }

    private static Arbitrary<(MadeUp[] Ledger, Asked[] Asked)> Cases(int most, int questions, Gen<Asked>? asked = null) => (
        from ledger in MadeUpLedger.Partnerships(most)
        from all in (asked ?? MadeUpLedger.Questions()).ArrayOf(questions)
        select (ledger, all)).ToArbitrary();

    private async Task Attack(MadeUp[] ledger, Asked[] questions)
    {
        await using var factory = new ServiceFactory(cluster);
        await factory.InitializeAsync();
        await using var service = factory.AnotherNode(builder => builder.UseSetting("Ledger:SuppressionThreshold", $"{Threshold}"));
        var position = await MadeUpLedger.Log(service.As(Role.Leader), ledger);
        var (summary, _) = await Ask(service, OfAll, position);
        var attacker = new Attacker(summary, Threshold);
        foreach (var asked in questions)
        {
            var (json, csv) = await Ask(service, asked, position);
            Assert.Empty(attacker.FindsOut(asked, json));
            CsvTable.OfTheSame(asked, json, csv);
            Assert.Equal((json.GetRawText(), csv), await Ask(service, asked, position) is var again ? (again.Json.GetRawText(), again.Csv) : default);
        }
    }

    private static async Task<(JsonElement Json, string Csv)> Ask(WebApplicationFactory<Program> service, Asked asked, long position)
    {
        var analyst = service.As(Role.Analyst);
        var path = $"/api/analysis/{asked.Path}{(asked.Query.Count == 0 ? '?' : '&')}minPosition={position}";
        return ((await analyst.Get(path)).Must(200).Json, (await analyst.Get(path, ("Accept", "text/csv"))).Must(200).Text);
    }
}
