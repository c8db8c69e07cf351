using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Imports;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Exports;

/// <summary>All partnerships, and all factor notes, in the forms in which they can be imported again.</summary>
internal static class GetExports
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/exports/partnerships", Partnerships)
            .RequireRoles(Role.Leader, Role.Auditor)
            .WithTags("Exports")
            .WithSummary("All partnerships, to be read or imported elsewhere")
            .WithDescription("""
                As NDJSON everything: each partnership's events, notes and corrections included, as the commands of an import. As CSV the partnerships and their changes as they stand, corrections applied,
                in the columns of an import's file partnerships; the notes are the other file. Erased texts are left out, erased informants have a name that tells them apart. A cell that a spreadsheet
                would take for a formula begins with an apostrophe, which an import takes off again.
                """)
            .Produces<string>(StatusCodes.Status200OK, NdjsonLines.MediaType, CsvText.MediaType)
            .WithMetadata(new ReadModelMetadata());
        routes.MapGet("/api/exports/notes", Notes)
            .RequireRoles(Role.Leader, Role.Auditor)
            .WithTags("Exports")
            .WithSummary("All factor notes, to be read or imported elsewhere")
            .WithDescription("As they stand, corrections applied, in the columns of an import's file notes. As NDJSON an object a note, for reading: to import elsewhere, the export of partnerships has them, too.")
            .Produces<string>(StatusCodes.Status200OK, CsvText.MediaType, NdjsonLines.MediaType)
            .WithMetadata(new ReadModelMetadata());
    }

    private static async Task<IResult> Partnerships(HttpContext http, ExportQuery query, EventStore store)
    {
        var position = await store.ReadHead(http.RequestAborted);
        var informants = await query.Informants(http.RequestAborted);
        var histories = query.Read(position, http.RequestAborted);
        return Negotiation.Choose(http) == CsvText.MediaType
            ? ExportAnswer.Csv(position, CsvTemplate.Partnerships, CsvTemplate.PartnershipColumns, Rows(histories, informants, rows => rows.Changes))
            : ExportAnswer.Lines(position, CsvTemplate.Partnerships, Commands(histories, new CommandLines(informants)));
    }

    private static async Task<IResult> Notes(HttpContext http, ExportQuery query, EventStore store)
    {
        var position = await store.ReadHead(http.RequestAborted);
        var notes = Rows(query.Read(position, http.RequestAborted), await query.Informants(http.RequestAborted), rows => rows.Notes);
        return Negotiation.Choose(http) == CsvText.MediaType
            ? ExportAnswer.Csv(position, CsvTemplate.Notes, CsvTemplate.NoteColumns, notes)
            : ExportAnswer.Lines(position, CsvTemplate.Notes, Objects(notes));
    }

    private static async IAsyncEnumerable<JsonObject> Commands(
        IAsyncEnumerable<ExportedHistory> histories, CommandLines lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var history in histories.WithCancellation(cancellationToken))
        {
            foreach (var line in lines.Of(history))
            {
                yield return line;
            }
        }
    }

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> Rows(
        IAsyncEnumerable<ExportedHistory> histories, Func<Guid, string> informants, Func<StandingRows, IReadOnlyList<IReadOnlyDictionary<string, string?>>> choose,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var history in histories.WithCancellation(cancellationToken))
        {
            foreach (var row in choose(StandingRows.Of(history, informants)))
            {
                yield return row;
            }
        }
    }

    private static async IAsyncEnumerable<JsonObject> Objects(
        IAsyncEnumerable<IReadOnlyDictionary<string, string?>> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return new JsonObject(CsvTemplate.NoteColumns.Where(column => row.GetValueOrDefault(column) is not null)
                .Select(column => KeyValuePair.Create(column, (JsonNode?)row[column])));
        }
    }
}
