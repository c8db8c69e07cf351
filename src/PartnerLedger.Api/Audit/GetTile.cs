using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>A tile of the tree (C2SP tlog-tiles): up to 256 hashes of one level, from which clients make any proof themselves.</summary>
internal static class GetTile
{
    private const string Bytes = "application/octet-stream";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/tile/{**tile}", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("A tile of the ledger's Merkle tree")
        .WithDescription("C2SP tlog-tiles: L/N, where L is the level and N the number in groups of three digits (x001/x234/067); for the last, unfilled tile of a level N.p/W with its width W.")
        .Produces<byte[]>(StatusCodes.Status200OK, Bytes)
        .MayRefuse(Problems.NotFound);

    private static async Task<IResult> Handle(string tile, HttpContext http, NoteStore notes, TreeStore trees)
    {
        var origin = await notes.Origin(http.RequestAborted);
        var signed = await notes.SignedSize(origin, http.RequestAborted);
        if (TilePath.Parse(tile) is not { } path || !path.IsOf(signed))
        {
            return Problems.NotFound.Because($"The signed tree of {signed} leaves has no tile {tile}.");
        }

        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Bytes(await trees.Tile(path, http.RequestAborted), Bytes);
    }
}
