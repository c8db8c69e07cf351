using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Frameworks;

/// <summary>The streams in which frameworks live, one each, found by the framework's code.</summary>
internal static class FrameworkStream
{
    private const string Name = "framework";

    // "fram": all frameworks' ids lie side by side, so that they can be listed without a look at every stream there is.
    private const uint Prefix = 0x6672_616D;

    private static readonly Guid FirstId = new($"{Prefix:x8}-0000-0000-0000-000000000000");
    private static readonly Guid LastId = new($"{Prefix:x8}-ffff-ffff-ffff-ffffffffffff");

    public static readonly StreamType Type = new(Name, (state, recorded) => Fold((Framework?)state, recorded));

    /// <summary>The stream's id follows from the code (a UUID of version 8): so a code cannot be taken twice, on whichever nodes.</summary>
    public static Guid IdOf(string code)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(code), hash);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(id, Prefix);
        hash[..12].CopyTo(id[4..]);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>What is recorded of one framework up to a position; empty where there is none of that code.</summary>
    public static Task<IReadOnlyList<RecordedEvent>> ReadFramework(
        this EventStore store, string code, CancellationToken cancellationToken, long toVersion = long.MaxValue, long toPosition = long.MaxValue) =>
        store.ReadStream(IdOf(code), cancellationToken, toVersion, toPosition);

    /// <summary>Every framework as it stands, by code.</summary>
    public static async Task<IReadOnlyList<Framework>> ReadFrameworks(this EventStore store, CancellationToken cancellationToken) =>
        [.. (await store.ReadStreams(Name, FirstId, LastId, cancellationToken))
            .GroupBy(recorded => recorded.StreamId, (_, events) => events.Aggregate((Framework?)null, Fold)!)
            .OrderBy(framework => framework.Code, StringComparer.Ordinal)];

    public static Framework Fold(Framework? state, RecordedEvent recorded) =>
        Framework.Fold(state, EventVocabulary.Framework.Read(recorded.Type, recorded.Data));
}
