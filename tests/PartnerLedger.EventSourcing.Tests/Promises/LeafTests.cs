using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Promises;

public sealed class LeafTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task Every_leaf_is_the_hash_of_the_line_that_anyone_can_write_again_from_the_event()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        await Task.WhenAll(
            node.Append(Tally.Add(stream, times: 3)),
            node.Append(Tally.Raw(Tally.NewId(), """{"a":null,"bb":["é","\n\u0001\"\\","😀"],"n":-9007199254740991,"z":{"a10":1,"a9":2,"b":true}}""")),
            node.Append(Tally.Add(Tally.NewId()) with { Metadata = new(Tally.Actor, null, null) }));

        var events = await ledger.Store.ReadAll(0, 1000, default);

        Assert.NotEmpty(events);
        foreach (var e in events)
        {
            var hash = await ledger.One<byte[]>("select hash from ledger_leaf where position = $1", e.Position);
            Assert.Equal(Convert.ToHexString(Leaf(e)), Convert.ToHexString(hash));
        }

        Assert.Equal(events.Count, await ledger.One<long>("select count(*) from ledger_leaf"));
    }

    [Fact]
    public async Task Texts_lie_beside_their_event_and_are_gone_once_erased()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var events = new[] { Tally.Event("""{"n":1}"""), Tally.Event("""{"n":1}""") with { Texts = [new("/reason", new byte[32], "why"), new("/note", new byte[32], "ü")] } };
        var appended = await node.Append(Tally.Decide(stream, (_, _) => new Proposal.Append(events, 2L, "")));

        var texts = await ledger.Store.ReadTexts([appended.Position - 1, appended.Position], default);
        await using (var erase = ledger.Serving.CreateCommand($"delete from ledger_text where position = {appended.Position} and member = '/note'"))
        {
            await erase.ExecuteNonQueryAsync();
        }

        Assert.Equal(
            [((appended.Position, "/note"), "ü"), ((appended.Position, "/reason"), "why")],
            texts.Select(t => (t.Key, t.Value)).OrderBy(t => t.Key.Member, StringComparer.Ordinal));
        Assert.Equal([(appended.Position, "/reason")], (await ledger.Store.ReadTexts([appended.Position], default)).Keys);
    }

    internal static byte[] Leaf(RecordedEvent e)
    {
        var line = new JsonObject
        {
            ["actor"] = e.Actor,
            ["causationId"] = e.CausationId,
            ["correlationId"] = e.CorrelationId,
            ["data"] = JsonNode.Parse(e.Data),
            ["id"] = e.Id.ToString(),
            ["position"] = e.Position,
            ["recordedAt"] = e.RecordedAt.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"),
            ["streamId"] = e.StreamId.ToString(),
            ["streamType"] = e.StreamType,
            ["type"] = e.Type,
            ["version"] = e.Version,
        };
        return SHA256.HashData([0, .. Encoding.UTF8.GetBytes(Canonical(line))]);
    }

    // RFC 8785 for integers and strings: members by UTF-16 code units, the shortest escapes.
    private static string Canonical(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject o => "{" + string.Join(',', o.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => Text(m.Key) + ":" + Canonical(m.Value))) + "}",
        JsonArray a => "[" + string.Join(',', a.Select(Canonical)) + "]",
        _ when node.GetValueKind() == JsonValueKind.String => Text(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Text(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var c in text)
        {
            written.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return written.Append('"').ToString();
    }
}
