using System.Buffers;
using System.Buffers.Binary;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>A tile of the tree (C2SP tlog-tiles): up to 256 hashes of one level, from which clients make any proof themselves; or the events below one.</summary>
internal static class GetTile
{
    private const string Bytes = "application/octet-stream";
    private const string Entries = "entries/";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/tile/{**tile}", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("A tile of the ledger's Merkle tree")
        .WithDescription("C2SP tlog-tiles: L/N, where L is the level and N the number in groups of three digits (x001/x234/067); for the last, unfilled tile of a level N.p/W with its width W. entries/N has the events whose leaves are in tile 0/N: of each the length of its canonical line in two bytes, the higher first, and the line.")
        .Produces<byte[]>(StatusCodes.Status200OK, Bytes)
        .MayRefuse(Problems.NotFound);

    // The route matches the bare address, too: that there is no tile is for us to say.
    private static async Task<IResult> Handle(string? tile, HttpContext http, NoteStore notes, TreeStore trees, EventStore store)
    {
        var origin = await notes.Origin(http.RequestAborted);
        var signed = await notes.SignedSize(origin, http.RequestAborted);
        tile ??= "";
        var areEntries = tile.StartsWith(Entries, StringComparison.Ordinal);
        if (TilePath.Parse(areEntries ? $"0/{tile[Entries.Length..]}" : tile) is not { } path || !path.IsOf(signed))
        {
            return Problems.NotFound.Because(tile.Length == 0 ? "The path names no tile." : $"The signed tree of {signed} leaves has no tile {tile}.");
        }

        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        if (!areEntries)
        {
            return Results.Bytes(await trees.Tile(path, http.RequestAborted), Bytes);
        }

        http.CountRows(path.Width);
        return Results.Bytes(Bundle(await store.ReadAll(path.Index * TilePath.Full, path.Width, http.RequestAborted)), Bytes);
    }

    // A line is never longer than two bytes can say.
    private static ReadOnlyMemory<byte> Bundle(IReadOnlyList<RecordedEvent> events)
    {
        var bundle = new ArrayBufferWriter<byte>();
        foreach (var recorded in events)
        {
            var line = new ArrayBufferWriter<byte>();
            EventLine.Write(recorded, line);
            BinaryPrimitives.WriteUInt16BigEndian(bundle.GetSpan(sizeof(ushort)), checked((ushort)line.WrittenCount));
            bundle.Advance(sizeof(ushort));
            bundle.Write(line.WrittenSpan);
        }

        return bundle.WrittenMemory;
    }
}
