using System.Globalization;
using System.Net;
using System.Text.Json;

namespace PartnerLedger.Api.Tests.Feed;

/// <summary>Reads a live feed as a client does, event by event.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource patience = new(Patience);
    private readonly HttpClient client;
    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    private FeedReader(HttpClient client, HttpResponseMessage response, Stream stream)
    {
        (this.client, this.response) = (client, response);
        lines = new StreamReader(stream);
    }

    public static async Task<FeedReader> Open(HttpClient client, string path = "/api/events", long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString());
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new FeedReader(client, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end of the feed.</summary>
    public async Task<(long Id, JsonElement Data)?> Next()
    {
        long? id = null;
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = long.Parse(line[4..], CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id!.Value, JsonDocument.Parse(line[6..]).RootElement);
            }
        }

        return null;
    }

    /// <summary>The next line that is not empty, whatever it says.</summary>
    public async Task<string?> NextLine()
    {
        string? line;
        do
        {
            line = await lines.ReadLineAsync(patience.Token);
        }
        while (line is { Length: 0 });
        return line;
    }

    /// <summary>The positions of the events from here up to one.</summary>
    public async Task<List<long>> UpTo(long position)
    {
        var told = new List<long>();
        while (told.LastOrDefault() < position)
        {
            told.Add((await Next())!.Value.Id);
        }

        return told;
    }

    /// <summary>Reads until the service ends the feed; fails where it does not.</summary>
    public async Task ToEnd()
    {
        while (await Next() is not null)
        {
            // What others log meanwhile is told before the end.
        }
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        client.Dispose();
        patience.Dispose();
        return ValueTask.CompletedTask;
    }
}
