using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Imports;

/// <summary>The CSV files of an import to fill in: the header and an example.</summary>
internal static class GetTemplate
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/imports/templates/{file}", Handle)
        .RequireRoles(Role.Leader)
        .WithTags("Imports")
        .WithSummary("A CSV file of an import, to fill in: partnerships or notes")
        .Produces<string>(StatusCodes.Status200OK, CsvText.MediaType);

    private static IResult Handle(string file) => CsvTemplate.Of(file) is { } template
        ? Results.Text(template, CsvText.MediaType, System.Text.Encoding.UTF8)
        : Problems.NotFound.Because($"There is no file {file} in an import: those are partnerships and notes.");
}
