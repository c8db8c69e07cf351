using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>SHA-256(0x00 ‖ canonical line) of events of one import and one moment, as append_events has it.</summary>
internal sealed class LeafHashes
{
    public const int Bytes = SHA256.HashSizeInBytes;
    private const int LongestLine = 65_535;

    private readonly byte[] before;
    private readonly byte[] middle;
    private readonly byte[] streamType;
    private readonly ArrayBufferWriter<byte> line = new(4_096);

    public LeafHashes(ImportRun run, DateTime moment)
    {
        var (actor, correlation, causation) = (run.Metadata.Actor, run.Metadata.CorrelationId, run.Metadata.CausationId);
        before = Encoding.UTF8.GetBytes($$"""{"actor":"{{actor}}","causationId":{{Quoted(causation)}},"correlationId":{{Quoted(correlation)}},"data":""");
        middle = Encoding.UTF8.GetBytes($"""
            ,"recordedAt":"{moment.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}","streamId":"
            """);
        streamType = Encoding.UTF8.GetBytes($"""
            ","streamType":"{run.StreamType}","type":"
            """);
    }

    /// <summary>Writes an event's leaf.</summary>
    /// <exception cref="InvalidDataException">The line is longer than those who audit the ledger can read.</exception>
    public void Write(in PackedEvent added, long position, Guid stream, long version, Span<byte> hash)
    {
        line.ResetWrittenCount();
        line.Write("\0"u8);
        line.Write(before);
        line.Write(added.Data.Span);
        line.Write(",\"id\":\""u8);
        Write(added.Id);
        line.Write("\",\"position\":"u8);
        Write(position);
        line.Write(middle);
        Write(stream);
        line.Write(streamType);
        line.Write(added.Type.Span);
        line.Write("\",\"version\":"u8);
        Write(version);
        line.Write("}"u8);
        if (line.WrittenCount - 1 > LongestLine)
        {
            throw new InvalidDataException($"The event's canonical line has {line.WrittenCount - 1} bytes, and may have {LongestLine}.");
        }

        SHA256.HashData(line.WrittenSpan, hash);
    }

    private static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";

    private void Write<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(line.GetSpan(36), out var written, default, CultureInfo.InvariantCulture);
        line.Advance(written);
    }
}
