using System.Diagnostics;
using PartnerLedger.Api.Analysis;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Analysis;

[Collection(nameof(AnalysisServer))]
public sealed class Measure(AnalysisServer server, ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task Speed()
    {
        const int partnerships = 20_000;
        await using var ledger = await AnalysisLedger.Make(server);
        await ledger.Append([.. StarterCatalogue.Events]);
        await ledger.Cut();
        var random = new Random(1);
        var states = new List<Guid>();
        string[] regions = ["asia-pacific", "eu-plus", "north-america", "latin-america-caribbean", "middle-east", "africa", "eastern-europe-central-asia"];
        var sw = Stopwatch.StartNew();
        await Parallel.ForAsync(0, partnerships, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            var r = new Random(i);
            var on = PartialDate.Of(new DateOnly(2015, 1, 1).AddDays(r.Next(3000)));
            var informant = History.Informant(r.Next(3000));
            var events = new List<IPartnershipEvent>
            {
                new PartnershipProposed
                {
                    Name = "Partnership " + i, OccurredOn = on, SectorsComplete = r.Next(20) > 0,
                    Partners = [.. Enumerable.Range(0, r.Next(1, 4)).Select(_ => new Partner { Sector = (Sector)r.Next(3) })],
                    Regions = [.. Enumerable.Range(0, r.Next(1, 3)).Select(_ => regions[r.Next(7)]).Distinct()], Informant = informant, InformantRegion = regions[r.Next(7)],
                },
                new PartnershipActive { OccurredOn = on },
            };
            for (var n = 0; n < 10; n++)
            {
                var f = StarterCatalogue.Events[r.Next(48)];
                events.Add(new FactorNoted { Factor = f.Code, Polarity = f.Polarity, Topic = f.Topic, Informant = History.Informant(r.Next(3000)), InformantRegion = regions[r.Next(7)], OccurredOn = on });
            }

            if (r.Next(2) == 0) events.Add(new PartnershipStruggling { OccurredOn = on });
            else events.Add(new PartnershipSuccessful { OccurredOn = on });
            var id = Guid.CreateVersion7();
            lock (states) states.Add(id);
            await ledger.Append(id, events);
        });
        output.WriteLine($"appended {ledger.Head} in {sw.Elapsed}");
        sw.Restart();
        await ledger.Cut();
        output.WriteLine($"live, batches of 5000: {ledger.Head / sw.Elapsed.TotalSeconds:0}/s");
        sw.Restart();
        await ledger.Daemon.RebuildNow(CancellationToken.None);
        output.WriteLine($"rebuild: {ledger.Head / sw.Elapsed.TotalSeconds:0}/s");
        foreach (var size in new[] { 1, 10, 100, 1000 })
        {
            var count = 0;
            var spent = TimeSpan.Zero;
            for (var round = 0; round < 20; round++)
            {
                for (var i = 0; i < size; i++)
                {
                    var f = StarterCatalogue.Events[random.Next(48)];
                    await ledger.Append(states[random.Next(states.Count)], random.Next(4) == 0 ? new RegionsChanged { Regions = [regions[random.Next(7)]] } : new FactorNoted { Factor = f.Code, Polarity = f.Polarity, Topic = f.Topic, Informant = History.Informant(random.Next(3000)), OccurredOn = PartialDate.Parse("2020") });
                }

                sw.Restart();
                await ledger.Cut();
                spent += sw.Elapsed;
                count += size;
            }

            output.WriteLine($"batches of {size}: {count / spent.TotalSeconds:0}/s, {spent.TotalMilliseconds / 20:0.0} ms a batch");
        }

        await using (var analyze = ledger.Database.CreateCommand("vacuum analyze read_analysis.note, read_analysis.partnership, read_analysis.teller, read_analysis.told_from, read_analysis.cell, read_analysis.factor_cell")) await analyze.ExecuteNonQueryAsync();
        foreach (var table in new[] { "partnership", "note", "teller", "told_from", "cell", "factor_cell" })
        {
            await using var c = ledger.Database.CreateCommand($"select count(*) || ' rows, ' || pg_size_pretty(pg_total_relation_size('read_analysis.{table}')) from read_analysis.{table}");
            output.WriteLine($"{table}: {await c.ExecuteScalarAsync()}");
        }

        var asOf = ledger.Head / 2;
        await Time("summary", new(), true);
        await Time("summary state,sector", new() { States = [PartnershipState.Struggling], Sectors = [Sector.Industry] }, true);
        await Time("summary from-to", new() { From = new(2016, 1, 1), To = new(2018, 1, 1) }, true);
        await Time("summary asOf half", new() { AsOf = asOf }, true);
        await Time("summary informant eu", new() { RegionOf = RegionOf.Informant, Regions = ["eu-plus"] }, true);
        await Time("factors", new(), false);
        await Time("factors negative", new() { Polarities = [Polarity.Negative] }, false);
        await Time("factors by sector,region", new() { By = new HashSet<By> { By.Sector, By.Region } }, false);
        await Time("factors state=struggling", new() { States = [PartnershipState.Struggling] }, false);
        await Time("factors region=eu sector=industry state=struggling", new() { States = [PartnershipState.Struggling], Sectors = [Sector.Industry], Regions = ["eu-plus"] }, false);
        await Time("factors by topic", new() { By = new HashSet<By> { By.Topic } }, false);
        await Time("factors from-to", new() { From = new(2016, 1, 1), To = new(2018, 1, 1) }, false);
        await Time("factors asOf half", new() { AsOf = asOf }, false);
        await Time("factors informant by region", new() { RegionOf = RegionOf.Informant, By = new HashSet<By> { By.Region } }, false);

        await Explain(new());
        await Explain(new() { By = new HashSet<By> { By.Sector, By.Region } });
        await Explain(new() { By = new HashSet<By> { By.Topic } });

        async Task Explain(AnalysisQuestion question)
        {
            var catalogue = StarterCatalogue.Events.Aggregate(Catalogue.Empty, Catalogue.Fold);
            var sql = new QuestionSql(question);
            await using var batch = sql.Make(ledger.Database, "explain (analyze, costs off) " + FactorsSql.Of(question, sql, catalogue));
            await using var reader = await batch.ExecuteReaderAsync();
            await reader.NextResultAsync();
            while (await reader.ReadAsync()) output.WriteLine(reader.GetString(0));
        }

        async Task Time(string name, AnalysisQuestion question, bool summary)
        {
            var times = new List<double>();
            for (var i = 0; i < 11; i++)
            {
                var watch = Stopwatch.StartNew();
                if (summary) await ledger.Summary.Ask(question, CancellationToken.None);
                else await ledger.Factors.Ask(question, CancellationToken.None);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            output.WriteLine($"{name}: median {times[5]:0.0} ms, max {times[10]:0.0}");
        }
    }
}
