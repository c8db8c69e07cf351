using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Tests.Partnerships;

/// <summary>One partnership's whole history, in three forms, with what people wrote as long as it is not erased.</summary>
public sealed class HistoryTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task It_tells_every_event_oldest_first()
    {
        var path = await Lived();
        var history = (await leader.Get($"{path}/history")).Must(200);
        Assert.Equal((Guid.Parse(path[^36..]), 9), (history.Id, history.Version));
        Assert.Equal(
            ["partnership_proposed", "partnership_active", "factor_noted", "partner_joined", "partner_left", "partnership_renamed", "regions_changed", "event_corrected", "event_withdrawn"],
            history.Each("events", "type"));
        Assert.Equal(Enumerable.Range(1, 9).Select(i => i.ToString()), history.Each("events", "version"));
        Assert.Equal(["2020", "2021-05", "2021-06-30", "2022", "2023", "", "", "", ""], history.Each("events", "occurredOn"));
        Assert.Equal(
            ["version", "position", "id", "type", "occurredOn", "recordedAt", "actor", "correlationId", "causationId", "data"],
            history["events"][0].EnumerateObject().Select(member => member.Name));
        Assert.Single(history.Each("events", "actor").Distinct(StringComparer.Ordinal));
        Assert.DoesNotContain("ann", history.Each("events", "actor"));
        Assert.DoesNotContain("interview-12", history.Text, StringComparison.Ordinal);

        var texts = history["events"].EnumerateArray().Select(e => e.GetProperty("data")).ToArray();
        Assert.Equal("Fewer readmissions", texts[0].GetProperty("purpose").GetProperty("text").GetString());
        Assert.Equal("A grant", texts[1].GetProperty("reason").GetProperty("text").GetString());
        Assert.Equal("No answer", texts[2].GetProperty("note").GetProperty("text").GetString());
        Assert.Equal("Better put", texts[7].GetProperty("replacement").GetProperty("purpose").GetProperty("text").GetString());
        Assert.Matches("^[0-9a-f]{64}$", texts[7].GetProperty("reason").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task It_comes_line_by_line_or_as_cloud_events()
    {
        var path = await Lived();
        var history = await leader.Get($"{path}/history");
        var lines = (await leader.Get($"{path}/history", ("Accept", "application/x-ndjson"))).Must(200);
        Assert.Equal("application/x-ndjson", lines.Response.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("}\n", lines.Text, StringComparison.Ordinal);
        Assert.Equal(history["events"].EnumerateArray().Select(e => e.GetRawText()), lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var batch = (await leader.Get($"{path}/history", ("Accept", "application/cloudevents-batch+json"))).Must(200);
        Assert.Equal("application/cloudevents-batch+json", batch.Response.Content.Headers.ContentType?.MediaType);
        foreach (var (cloud, e) in batch.Json.EnumerateArray().Zip(history["events"].EnumerateArray()))
        {
            Assert.Equal("1.0", cloud.GetProperty("specversion").GetString());
            Assert.Equal(path, cloud.GetProperty("source").GetString());
            Assert.Equal(
                (e.GetProperty("id").GetString(), e.GetProperty("type").GetString(), e.GetProperty("recordedAt").GetString(), e.GetProperty("data").GetRawText()),
                (cloud.GetProperty("id").GetString(), cloud.GetProperty("type").GetString(), cloud.GetProperty("time").GetString(), cloud.GetProperty("data").GetRawText()));
            Assert.All(cloud.EnumerateObject(), attribute => Assert.Matches("^[a-z0-9]{1,20}$", attribute.Name));
        }

        await (await leader.Get($"{path}/history", ("Accept", "text/html"))).MustBe("not-acceptable", 406);
    }

    [Fact]
    public async Task With_proofs_each_event_is_proved_to_be_in_what_the_note_signs()
    {
        var path = await Lived();
        var plain = await leader.Get($"{path}/history");
        var auditor = service.As(Role.Auditor);
        var last = plain["events"][8].GetProperty("position").GetInt64();
        var proved = (await auditor.Get($"{path}/history?proofs=true&minPosition={last}")).Must(200);
        var note = SignedNote.Parse(proved["checkpoint"].GetString()!)!;
        var (head, key) = (TreeHead.Parse(note.Text)!, NoteVerifier.Parse((await auditor.Get("/api/audit/key")).Text.Split('\n')[0])!);
        Assert.True(note.IsSignedBy(key));
        Assert.Equal((plain.Id, plain.Version, 9), (proved.Id, proved.Version, proved["events"].GetArrayLength()));
        foreach (var (e, told) in proved["events"].EnumerateArray().Zip(plain["events"].EnumerateArray()))
        {
            var leaf = MerkleTree.Leaf(Encoding.UTF8.GetBytes(e.GetProperty("line").GetString()!));
            var hashes = e.GetProperty("proof").EnumerateArray().Select(hash => TreeHash.FromBase64(hash.GetString()!)!.Value).ToList();
            Assert.True(InclusionProof.Verify(leaf, e.GetProperty("position").GetInt64() - 1, head.Size, hashes, head.Root));
            Assert.Equal(told.EnumerateObject().Select(member => member.Name).Append("line").Append("proof"), e.EnumerateObject().Select(member => member.Name));
            Assert.All(told.EnumerateObject(), member => Assert.Equal(member.Value.GetRawText(), e.GetProperty(member.Name).GetRawText()));
        }

        Assert.Equal(plain.Text, (await leader.Get($"{path}/history?proofs=false")).Text);
        await (await auditor.Get($"{path}/history?proofs=true", ("Accept", "application/x-ndjson"))).MustRefuse("proofs");
        await (await auditor.Get($"{path}/history?proofs=perhaps")).MustRefuse("proofs");
    }

    [Fact]
    public async Task What_is_later_than_the_note_has_its_line_and_no_proof_yet()
    {
        var path = await leader.Open();
        var note = (await service.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={(await leader.Get(path)).Position}")).Must(200).Text;
        (await leader.Post($"{path}/active")).Must(200);

        // As one finds it who asks between the commit and the next note.
        var events = await service.Services.GetRequiredService<EventStore>().ReadStream(Guid.Parse(path[^36..]), CancellationToken.None);
        var told = events.Select(e => HistoryEvent.Of(e, new Dictionary<(long, string), string>(), new Dictionary<long, Erasure>())).ToList();
        var proved = await ProvedHistory.Of(events, told, note, service.Services.GetRequiredService<TreeStore>(), CancellationToken.None);
        Assert.NotNull(proved.Events[0].Proof);
        Assert.Null(proved.Events[1].Proof);
        Assert.All(proved.Events.Zip(events), pair => Assert.Equal(EventLine.Leaf(pair.Second), MerkleTree.Leaf(Encoding.UTF8.GetBytes(pair.First.Line))));
    }

    [Fact]
    public async Task What_was_erased_is_told_no_more()
    {
        var path = await Lived();
        var history = await leader.Get($"{path}/history");
        var position = history["events"][0].GetProperty("position").GetInt64();
        await Sql.Run(service.Database.Owner, "delete from ledger_text where position between $1 and $1 + 8", position);

        var after = (await leader.Get($"{path}/history")).Must(200);
        Assert.Equal("null", after["events"][0].GetProperty("data").GetProperty("purpose").GetProperty("text").GetRawText());
        Assert.Equal(
            history["events"][0].GetProperty("data").GetProperty("purpose").GetProperty("sha256").GetString(),
            after["events"][0].GetProperty("data").GetProperty("purpose").GetProperty("sha256").GetString());
        Assert.DoesNotContain("No answer", after.Text, StringComparison.Ordinal);
        Assert.Equal("null", (await leader.Get(path))["purpose"].GetRawText());
        Assert.Equal("null", (await leader.Get($"{path}?version=1"))["purpose"].GetRawText());
    }

    [Fact]
    public async Task Two_same_texts_in_one_command_are_committed_to_apart()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/factors", """{"factors":["N-TRUST","S-LEAD"],"note":"Same"}""")).Must(200);
        var notes = (await leader.Get($"{path}/history"))["events"].EnumerateArray().Skip(1).Select(e => e.GetProperty("data").GetProperty("note")).ToArray();
        Assert.Equal(["Same", "Same"], notes.Select(note => note.GetProperty("text").GetString()));
        Assert.NotEqual(notes[0].GetProperty("sha256").GetString(), notes[1].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task The_callers_trace_stands_with_each_event()
    {
        var path = await leader.Open();
        (await leader.Post($"{path}/active", null, ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))).Must(200);
        (await leader.Post($"{path}/failed", null, ("traceparent", "nonsense"))).Must(200);
        var events = (await leader.Get($"{path}/history"))["events"];
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", events[1].GetProperty("correlationId").GetString());
        Assert.Equal("00f067aa0ba902b7", events[1].GetProperty("causationId").GetString());
        Assert.Matches("^[0-9a-f]{32}$", events[2].GetProperty("correlationId").GetString());
        Assert.Equal("null", events[2].GetProperty("causationId").GetRawText());
    }

    [Fact]
    public async Task A_catalogue_or_a_stranger_has_no_history_here()
    {
        await (await leader.Get("/api/partnerships/0199f000-0000-7000-8000-000000000000/history")).MustBe("not-found", 404);
        await (await leader.Get("/api/partnerships/0190a000-0000-7000-8000-00000ca7a106/history")).MustBe("not-found", 404);
        await (await leader.Get("/api/partnerships/0190a000-0000-7000-8000-00000ca7a106")).MustBe("not-found", 404);
        await (await leader.Get("/api/partnerships/not-an-id/history")).MustBe("not-found", 404);
        await (await leader.Post("/api/partnerships/0190a000-0000-7000-8000-00000ca7a106/active")).MustBe("not-found", 404);
    }

    private async Task<string> Lived()
    {
        var path = await leader.Open(more: ""","purpose":"Fewer readmissions","informant":"interview-12" """);
        (string Route, string Body)[] life =
        [
            ("active", """{"reason":"A grant","occurredOn":"2021-05"}"""),
            ("factors", """{"factor":"N-TRUST","note":"No answer","informant":"interview-12","occurredOn":"2021-06-30"}"""),
            ("partners", """{"sector":"industry","occurredOn":"2022"}"""),
            ("partners/4/left", """{"reason":"Sold","occurredOn":"2023"}"""),
            ("name", """{"name":"B"}"""),
            ("regions", """{"regions":["africa"]}"""),
            ("corrections", """{"version":1,"reason":"Typing","replacement":{"purpose":"Better put"}}"""),
            ("corrections", """{"version":3,"reason":"Another one","withdrawn":true}"""),
        ];
        foreach (var (route, body) in life)
        {
            (await leader.Post($"{path}/{route}", body)).Must(200);
        }

        return path;
    }
}
