using System.Text;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>Logs and reads partnerships as a client does.</summary>
internal sealed class LedgerClient(HttpClient http)
{
    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, string? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, headers);

    public Task<Answer> Put(string path, string? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, path, body, headers);

    /// <summary>Opens a partnership of two sectors, and gives its path.</summary>
    public async Task<string> Open(string name = "Care at home", string more = "") =>
        await Opened($$"""{"name":"{{name}}","partners":[{"sector":"nonprofit"},{"sector":"government"}],"occurredOn":"2020"{{more}}}""");

    public async Task<string> Opened(string body) => (await Post("/api/partnerships", body)).Must(201).Header("Location")!;

    /// <summary>Opens a partnership and takes it through states.</summary>
    public async Task<string> OpenAndMove(params string[] states)
    {
        var path = await Opened($$"""{"name":"Care at home","stage":"{{states[0]}}"}""");
        foreach (var state in states[1..])
        {
            (await Post($"{path}/{state}")).Must(200);
        }

        return path;
    }

    public async Task<Answer> Send(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var response = await http.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }
}
