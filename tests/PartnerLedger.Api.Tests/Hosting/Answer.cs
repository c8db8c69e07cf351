using System.Net;
using System.Text.Json;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>What the service answered, read whole.</summary>
internal sealed record Answer(HttpResponseMessage Response, string Text)
{
    public int Status => (int)Response.StatusCode;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public Guid Id => Json.GetProperty("id").GetGuid();

    public long Version => Json.GetProperty("version").GetInt64();

    public long Position => Json.GetProperty("position").GetInt64();

    public string? State => Json.GetProperty("state").GetString();

    public JsonElement this[string member] => Json.GetProperty(member);

    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>The answer has this status; otherwise its text tells why not.</summary>
    public Answer Must(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Response.RequestMessage} {Text}");
        return this;
    }

    /// <summary>The answer is a problem of this type, whole.</summary>
    public Task<JsonElement> MustBe(string code, int status) => Response.MustBe(code, (HttpStatusCode)status);

    /// <summary>The answer is 400 with errors at exactly these places.</summary>
    public Task<JsonElement> MustRefuse(params string[] places) => Response.MustRefuse(places);

    /// <summary>The values of a member of each item.</summary>
    public IEnumerable<string?> Each(string list, string member) => Json.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(member).ToString());
}
