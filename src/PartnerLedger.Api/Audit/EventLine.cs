using System.Buffers;
using System.Globalization;
using System.Text;
using PartnerLedger.Api.Http;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>An event's canonical line (RFC 8785): what its leaf in the tree is the hash of, byte for byte.</summary>
internal static class EventLine
{
    public static void Write(RecordedEvent recorded, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"{{\"actor\":{Quoted(recorded.Actor)},\"causationId\":{Quoted(recorded.CausationId)},\"correlationId\":{Quoted(recorded.CorrelationId)},\"data\":", output);
        CanonicalJson.Write(Encoding.UTF8.GetBytes(recorded.Data), output);
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $",\"id\":\"{recorded.Id}\",\"position\":{recorded.Position},\"recordedAt\":\"{new Moment(recorded.RecordedAt)}\",\"streamId\":\"{recorded.StreamId}\",\"streamType\":\"{recorded.StreamType}\",\"type\":\"{recorded.Type}\",\"version\":{recorded.Version}}}"),
            output);
    }

    public static string Text(RecordedEvent recorded)
    {
        var line = new ArrayBufferWriter<byte>();
        Write(recorded, line);
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }

    public static TreeHash Leaf(RecordedEvent recorded)
    {
        var line = new ArrayBufferWriter<byte>();
        Write(recorded, line);
        return MerkleTree.Leaf(line.WrittenSpan);
    }

    // Actors and traces are written so that nothing in them needs an escape.
    private static string Quoted(string? value) => value is null ? "null" : $"\"{value}\"";
}
