using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PartnerLedger.Browser.Tests;

[assembly: AssemblyFixture(typeof(SampleSite))]

namespace PartnerLedger.Browser.Tests;

/// <summary>A site whose ledger holds the made-up sample.</summary>
public sealed class SampleSite : Site
{
    /// <summary>A partnership that struggles.</summary>
    public Guid Struggling { get; private set; }

    /// <summary>A path of each page that somebody in these roles can open, on this ledger.</summary>
    public IReadOnlyList<(string Role, string Path)> Pages =>
    [
        ("leader", "/"), ("leader", "/?columns=region&sort=negative"), ("leader", "/partnerships"), ("leader", $"/partnerships/{Struggling}"), ("leader", "/partnerships/new"),
        ("leader", "/imports"),
        ("analyst", "/"), ("analyst", "/analysis"), ("analyst", "/analysis/contrast"), ("analyst", "/analysis/incidence"), ("analyst", "/analysis/transitions"),
        ("analyst", "/analysis/cooccurrence"), ("analyst", "/analysis/trend"), ("analyst", "/analysis/complementarity"), ("leader", "/analysis/contrast"),
        ("analyst", "/brief?sector=nonprofit&sector=government"),
        ("analyst", "/catalogue"), ("analyst", "/catalogue/N-TRUST"), ("analyst", "/catalogue/new"), ("analyst", "/frameworks"), ("analyst", "/frameworks/new"),
        ("auditor", "/audit"), ("auditor", "/audit/reads"), ("auditor", $"/audit/partnerships/{Struggling}"),
        ("operator", "/"), ("operator", "/operations"),
        ("leader", "/problems"), ("leader", "/problems/lifecycle-step"), ("leader", "/nowhere"), ("analyst", "/partnerships"), ("leader", "/?from=nonsense"),
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (Chromium.Path is null)
        {
            return;
        }

        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        using var token = await client.PostAsJsonAsync("/api/dev/token", new { name = "test", roles = new[] { "leader" } });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await Json(token)).GetProperty("token").GetString());
        await using var sample = typeof(Program).Assembly.GetManifestResourceStream("sample.ndjson")!;
        using var content = new StreamContent(sample) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        using var import = await client.PostAsync("/api/imports", content);
        await Finish(client, (await Json(import)).GetProperty("id").GetGuid());
    }

    // The stream of its progress ends with the import.
    private async Task Finish(HttpClient client, Guid import)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/imports/{import}") { Headers = { Accept = { new("text/event-stream") } } };
        using var progress = await client.SendAsync(request);
        Assert.Contains("\"done\"", await progress.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var done = await client.GetAsync($"/api/imports/{import}");
        var position = (await Json(done)).GetProperty("position").GetInt64();
        using var list = await client.GetAsync($"/api/partnerships?state=struggling&limit=1&minPosition={position}");
        Struggling = (await Json(list)).GetProperty("items")[0].GetProperty("id").GetGuid();
        (await client.GetAsync($"/api/analysis/summary?minPosition={position}")).EnsureSuccessStatusCode().Dispose();
    }

    private static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(Encoding.UTF8.GetBytes(text)).RootElement;
    }
}
