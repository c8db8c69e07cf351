using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PartnerLedger.Benchmarks.Harness;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>What an import took: until its answer, and from there until its last event was in the ledger.</summary>
internal sealed record ImportTimes(Guid Id, TimeSpan Staged, TimeSpan Moved);

/// <summary>A file of partnerships that live some years, ten events each, and its import.</summary>
internal static class ImportedFile
{
    private const int EventsAPartnership = 10;

    private static readonly string[] Codes = ["N-TRUST", "N-FUND", "N-LEAD", "N-COMM", "S-TRUST", "S-COMM", "S-FUND"];

    public static byte[] Make(int events, int seed)
    {
        var random = new Random(seed);
        var file = new StringBuilder(events * 150);
        for (var p = 0; p < events / EventsAPartnership; p++)
        {
            Line(p, "open", $$"""{"name":"Partnership {{seed}}-{{p}}","partners":[{"sector":"nonprofit"},{"sector":"government","country":"NL"}],"regions":["eu-plus"],"occurredOn":"2019-03"}""");
            Line(p, "active", """{"reason":"The grant came through","occurredOn":"2019-09"}""");
            for (var n = 0; n < EventsAPartnership - 4; n++)
            {
                Line(p, "factors", $$"""{"factor":"{{Codes[random.Next(Codes.Length)]}}","informant":"i{{random.Next(20_000)}}","informantRegion":"eu-plus","occurredOn":"202{{n % 4}}-0{{n + 1}}"}""");
            }

            Line(p, "struggling", """{"occurredOn":"2023-05"}""");
            Line(p, random.Next(2) == 0 ? "failed" : "successful", """{"occurredOn":"2024"}""");
        }

        return Encoding.UTF8.GetBytes(file.ToString());

        void Line(int partnership, string command, string body) =>
            file.Append($$"""{"partnership":"p{{partnership}}","command":"{{command}}","body":{{body}}}""").Append('\n');
    }

    /// <summary>Imports a file, and waits until it is in the ledger.</summary>
    public static async Task<ImportTimes> Send(Service service, byte[] file)
    {
        using var client = Client(service);
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync("/api/imports", content);
        var run = await Read(answer);
        var staged = Stopwatch.GetElapsedTime(began);
        while (run.GetProperty("state").GetString() is "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            using var progress = await client.GetAsync($"/api/imports/{run.GetProperty("id").GetGuid()}");
            run = await Read(progress);
        }

        return run.GetProperty("state").GetString() is "done"
            ? new(run.GetProperty("id").GetGuid(), staged, Stopwatch.GetElapsedTime(began) - staged)
            : throw new InvalidOperationException($"The import came to nothing: {run}");
    }

    /// <summary>Waits until the read models know all of the ledger.</summary>
    public static async Task UntilVisible(Service service)
    {
        using var client = Client(service);
        while (true)
        {
            var state = await client.GetFromJsonAsync<JsonElement>("/api/operations/projections");
            if (state.GetProperty("items").EnumerateArray().All(item => item.GetProperty("lag").GetInt64() == 0))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static HttpClient Client(Service service) => new()
    {
        BaseAddress = new Uri($"http://{service.Address}"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", service.Token) },
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static async Task<JsonElement> Read(HttpResponseMessage answer) => answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<JsonElement>()
        : throw new InvalidOperationException($"The import was refused: {await answer.Content.ReadAsStringAsync()}");
}
