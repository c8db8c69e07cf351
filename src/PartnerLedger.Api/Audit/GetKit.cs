using Microsoft.AspNetCore.Http.Features;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Audit;

/// <summary>Everything that an auditor needs to verify the ledger, or one partnership, offline and with tools of their own.</summary>
internal static class GetKit
{
    private const string Zip = "application/zip";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit/kit", Handle)
        .RequireRoles(Role.Auditor)
        .WithTags("Audit")
        .WithSummary("An audit kit: events, texts, checkpoint note and the program that verifies them")
        .WithDescription("A zip that is verified offline: python3 verify.py. It reaches to the last checkpoint note; with minPosition to one about that position. For one partnership it holds that partnership's events and a proof for each.")
        .Produces<byte[]>(StatusCodes.Status200OK, Zip)
        .MayRefuse(Problems.NotFound, Problems.NotYetVisible);

    private static async Task<IResult> Handle(Guid? partnership, HttpContext http, NoteStore notes, EventStore store, KitWriter kits, IConfiguration configuration)
    {
        var origin = await notes.Origin(http.RequestAborted);
        if (await notes.Asked(http, origin) is not { } note)
        {
            return new Problem(Problems.NotYetVisible);
        }

        if (AuditFolder.Find(DataDirectory.Of(configuration), origin)?.Verifiers.LastOrDefault(SignedNote.Parse(note)!.IsSignedBy) is not { } key)
        {
            return Problems.NotFound.Because("The key that signed the last note is not on this machine.");
        }

        var size = NoteStore.HeadOf(note).Size;
        if (partnership is not { } id)
        {
            http.CountRows(size);
            return Stream($"ledger-{size}.zip", (output, cancellationToken) => kits.WriteLedger(output, note, key, cancellationToken));
        }

        // What somebody put in before the first position was never signed.
        var history = (await store.ReadStream(id, http.RequestAborted, toPosition: size)).Where(recorded => recorded.Position > 0).ToList();
        http.CountRows(history.Count);
        return history.Count == 0 || history[0].StreamType != PartnershipStream.Type.Name
            ? Problems.NotFound.Because($"There is no partnership {id} in what was signed.")
            : Stream($"partnership-{id}.zip", (output, cancellationToken) => kits.WritePartnership(output, note, key, history, cancellationToken));

        IResult Stream(string name, Func<Stream, CancellationToken, Task> write)
        {
            // The few bytes between two parts of a zip are written synchronously, whatever one asks of the archive.
            http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
            return Results.Stream(output => write(output, http.RequestAborted), Zip, fileDownloadName: name);
        }
    }
}
