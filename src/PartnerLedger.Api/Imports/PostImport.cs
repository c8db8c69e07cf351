using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using PartnerLedger.Api.Audit;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Imports;

/// <summary>Takes a file of commands into the ledger, or only tells what is wrong with it.</summary>
internal static class PostImport
{
    private const string Route = "/api/imports";

    /// <summary>A file is read as it comes, and never held whole.</summary>
    private const long Largest = 2L * 1024 * 1024 * 1024;

    private const long LargestCsv = 256 * 1024 * 1024;
    private const int LongestBoundary = 70;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Route, Handle)
        .RequireRoles(Role.Leader)
        .WithTags("Imports")
        .WithSummary("Import a file of commands")
        .WithDescription("""
            NDJSON, one command a line: {"partnership":"p-001","command":"open","body":{…}}. partnership is a name that the file chooses, or the id of a partnership that exists, whose first line
            states "version"; command is open, or what follows the partnership in that command's route; body is that command's body. Up to 2 GiB.
            Or multipart/form-data with the CSV files partnerships and notes, or one of them; GET /api/imports/templates/partnerships and …/notes give them to fill in. Up to 256 MiB.
            Commas stand between cells, or semicolons where the first line has these and no comma.
            The columns are the members of the commands; change is open, a state, joined, left, name or regions; partners are sector|country|name, separated by semicolons, and so are regions;
            joinedWith is the number of the partnership's row with which the partner joined who left; a note is recorded behind as many rows of its partnership as after says, else behind all.
            The whole file is checked before its first event:
            if a line is at fault, nothing is imported, and errors and faults name every one, up to 1,000; furtherFaults says how many more there are. dryRun=true only checks. A file that is accepted goes in partnership by partnership, each whole.
            """)
        .DescribeFile()
        .Produces<ImportView>(StatusCodes.Status202Accepted)
        .Produces<ImportReport>()
        .MayRefuse(Problems.TooLarge, Problems.UnsupportedMediaType, Problems.KeyReused, Problems.OlderThanNote);

    private static async Task<IResult> Handle(bool? dryRun, HttpContext http, Importer importer, People people, Standing standing)
    {
        var errors = new Errors();
        var key = CommandHeaders.Read(http.Request.Headers, errors).Key;
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        if (standing.Refusal is { } older)
        {
            return Problems.OlderThanNote.Because(older);
        }

        if (Lines(http) is not { } lines)
        {
            return Problems.UnsupportedMediaType.Because("Send NDJSON (application/x-ndjson), or CSV files as parts of multipart/form-data.");
        }

        var metadata = dryRun is true ? null : await Metadata(http, people);
        return await importer.Take(lines, metadata, key, http.RequestAborted) switch
        {
            ImportOutcome.Accepted accepted => Accepted(ImportView.Of(accepted.Run)),
            ImportOutcome.Known known => Replayed(http, ImportView.Of(known.Run)),
            ImportOutcome.Checked faulty when dryRun is not true => faulty.Report.ToProblem(),
            ImportOutcome.Checked checkedOnly => TypedResults.Ok(checkedOnly.Report),
            _ => new Problem(Problems.KeyReused),
        };
    }

    private static IAsyncEnumerable<RawLine[]>? Lines(HttpContext http)
    {
        if (http.Request.Headers.ContentEncoding.Count > 0 || !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type))
        {
            return null;
        }

        if (type.MediaType.Equals(NdjsonLines.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            Allow(http, Largest);
            return NdjsonLines.Read(http.Request.BodyReader, http.RequestAborted);
        }

        if (type.MediaType.Equals(CsvFiles.MediaType, StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary)
        {
            Allow(http, LargestCsv);
            return CsvFiles.Read(boundary.ToString(), http.Request.Body, http.RequestAborted);
        }

        return null;
    }

    private static void Allow(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }

    private static async Task<EventMetadata> Metadata(HttpContext http, People people)
    {
        var caller = Caller.From(http);
        var trace = RequestTrace.From(http);
        return new(await people.Actor(caller.Issuer, caller.Subject, http.RequestAborted), trace.CorrelationId, trace.CausationId);
    }

    private static IResult Accepted(ImportView import) => TypedResults.Accepted($"{Route}/{import.Id}", import);

    private static IResult Replayed(HttpContext http, ImportView import)
    {
        http.Response.Headers["Idempotency-Replayed"] = "true";
        return Accepted(import);
    }
}
