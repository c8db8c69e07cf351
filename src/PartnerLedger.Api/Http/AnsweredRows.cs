namespace PartnerLedger.Api.Http;

/// <summary>How many rows the list in an answer has.</summary>
internal sealed record AnsweredRows(long Count);

/// <summary>Lets handlers say how much they answer, for the record of reads.</summary>
internal static class AnsweredRowsExtensions
{
    public static void CountRows(this HttpContext http, long rows) => http.Features.Set(new AnsweredRows(rows));
}
