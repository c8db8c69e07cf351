using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PartnerLedger.Browser.Tests;

/// <summary>Somebody who works by the API, beside those who look at pages.</summary>
internal sealed class Colleague : IDisposable
{
    private readonly HttpClient client;

    private Colleague(HttpClient client) => this.client = client;

    public static async Task<Colleague> Come(string url, string role, string name)
    {
        var colleague = new Colleague(new HttpClient { BaseAddress = new Uri(url) });
        var token = await colleague.Post("/api/dev/token", new { name, roles = new[] { role } });
        colleague.client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        return colleague;
    }

    public async Task<JsonElement> Get(string path)
    {
        using var response = await client.GetAsync(path);
        return await Json(response);
    }

    public async Task<JsonElement> Post(string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        return await Json(response);
    }

    public async Task<JsonElement> Put(string path, object body)
    {
        using var response = await client.PutAsJsonAsync(path, body);
        return await Json(response);
    }

    /// <summary>Logs a partnership and what became of it, step by step.</summary>
    public async Task<Guid> Log(object opening, params IEnumerable<(string Command, object Body)> steps)
    {
        var id = (await Post("/api/partnerships", opening)).GetProperty("id").GetGuid();
        foreach (var (command, body) in steps)
        {
            await Post($"/api/partnerships/{id}/{command}", body);
        }

        return id;
    }

    /// <summary>Sends a file of commands, and waits until all of it is in the ledger and in what is read from it.</summary>
    public async Task<Guid> Import(Stream commands)
    {
        using var content = new StreamContent(commands) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        using var begun = await client.PostAsync("/api/imports", content);
        var import = (await Json(begun)).GetProperty("id").GetGuid();
        // The stream of its progress ends with it.
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/imports/{import}") { Headers = { Accept = { new("text/event-stream") } } };
        using var progress = await client.SendAsync(request);
        Assert.Contains("\"done\"", await progress.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var position = (await Get($"/api/imports/{import}")).GetProperty("position").GetInt64();
        await Get($"/api/partnerships?limit=1&minPosition={position}");
        await Get($"/api/analysis/summary?minPosition={position}");
        return import;
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(text));
        return JsonDocument.Parse(text).RootElement;
    }
}
