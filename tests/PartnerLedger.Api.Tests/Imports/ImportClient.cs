using System.Net.Http.Headers;
using System.Text;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Imports;

/// <summary>Imports as a leader does.</summary>
internal static class ImportClient
{
    private const string Ndjson = "application/x-ndjson";

    public static Task<Answer> Import(this LedgerClient leader, string lines, string query = "", params (string Name, string Value)[] headers) =>
        leader.Post("/api/imports" + query, lines, [("Content-Type", Ndjson), .. headers]);

    /// <summary>Imports a file, and waits until all of it is in the ledger; gives the import as it then stands.</summary>
    public static async Task<Answer> ImportAll(this LedgerClient leader, string lines)
    {
        var path = (await leader.Import(lines)).Must(202).Header("Location")!;
        return await leader.Done(path);
    }

    public static async Task<Answer> Done(this LedgerClient leader, string path, string state = "done") =>
        await Eventually.Answers(() => leader.Get(path), answer => answer.Must(200).State == state);

    /// <summary>Sends the CSV files of an import; null leaves one out.</summary>
    public static async Task<Answer> ImportCsv(this ServiceFactory service, string? partnerships, string? notes, string query = "")
    {
        using var client = service.ClientOf(Role.Leader);
        using var files = new MultipartFormDataContent();
        Add("partnerships", partnerships);
        Add("notes", notes);
        var response = await client.PostAsync("/api/imports" + query, files);
        return new Answer(response, await response.Content.ReadAsStringAsync());

        void Add(string name, string? text)
        {
            if (text is not null)
            {
                files.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, name, name + ".csv");
            }
        }
    }

    /// <summary>The faults of a report, or of a refusal, each as line, member and reason.</summary>
    public static IEnumerable<(long Line, string Member)> Faults(this Answer answer) =>
        answer["faults"].EnumerateArray().Select(fault => (fault.GetProperty("line").GetInt64(), fault.GetProperty("member").GetString()!));
}
