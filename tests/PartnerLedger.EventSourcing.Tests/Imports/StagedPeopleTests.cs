using PartnerLedger.EventSourcing.Imports;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Imports;

public sealed class StagedPeopleTests(Cluster cluster) : IAsyncLifetime
{
    private readonly Ledger ledger = new(cluster);

    public ValueTask InitializeAsync() => ledger.InitializeAsync();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task An_informant_who_became_known_meanwhile_has_one_id_in_every_event_of_a_stream_and_in_its_leaf()
    {
        var people = await ImportedPeople.Read(ledger.Serving, default);
        await using var stage = await ImportStage.Open(ledger.Serving, Guid.CreateVersion7(), default);
        var stream = Tally.NewId();
        string[] words = ["early", "new", "late", "early"];
        for (var i = 0; i < words.Length; i++)
        {
            await stage.Add(1, stream, i + 1, Tally.Event($$"""{"informant":"{{people.Stand(words[i])}}","n":1,"word":"0199f000-0000-4000-8000-000000000000"}"""), default);
        }

        var (early, late) = (await ledger.Informant("early"), await ledger.Informant("late"));
        Assert.True(await stage.Complete(Run(stage.Id, words.Length), people, default));
        await ledger.Mover(ledger.NewNode()).MoveAll(default);

        var events = await ledger.Store.ReadStream(stream, default);
        Assert.Equal([early, people.Stand("new"), late, early], events.Select(e => Guid.Parse(System.Text.Json.JsonDocument.Parse(e.Data).RootElement.GetProperty("informant").GetString()!)));
        foreach (var e in events)
        {
            Assert.Equal(Convert.ToHexString(Promises.LeafTests.Leaf(e)), Convert.ToHexString(await ledger.One<byte[]>("select hash from ledger_leaf where position = $1", e.Position)));
        }
    }

    [Fact]
    public async Task Two_files_that_name_the_same_people_in_other_orders_are_staged_at_once_and_agree_on_their_ids()
    {
        var words = Enumerable.Range(0, 2_000).Select(i => $"person {i}").ToList();

        Assert.All(await Task.WhenAll(Stage(words), Stage(Enumerable.Reverse(words))), Assert.True);
        await ledger.Mover(ledger.NewNode()).MoveAll(default);

        Assert.Equal(4_000, await ledger.One<long>("select count(*) from mt_events e join ledger_person p on p.id = (e.data->>'informant')::uuid where p.subject = e.data->>'word'"));

        async Task<bool> Stage(IEnumerable<string> named)
        {
            var people = await ImportedPeople.Read(ledger.Serving, default);
            await using var stage = await ImportStage.Open(ledger.Serving, Guid.CreateVersion7(), default);
            var (stream, version) = (Tally.NewId(), 0);
            foreach (var word in named)
            {
                await stage.Add(1, stream, ++version, Tally.Event($$"""{"informant":"{{people.Stand(word)}}","n":1,"word":"{{word}}"}"""), default);
            }

            return await stage.Complete(Run(stage.Id, version), people, default);
        }
    }

    private static ImportRun Run(Guid id, long events) =>
        new() { Id = id, Metadata = StagedTallies.Metadata, Key = null, StreamType = Tally.Type.Name, Basis = null, Lines = events, Streams = 1, Events = events };
}
