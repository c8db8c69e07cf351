using System.Net;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>What the tests expect of every refusal.</summary>
internal static class Answers
{
    /// <summary>The answer is a whole problem of that type; gives its members.</summary>
    public static async Task<JsonElement> MustBe(this HttpResponseMessage response, string code, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        Assert.Equal(response.RequestMessage!.RequestUri!.AbsolutePath, problem.GetProperty("instance").GetString());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
        return problem;
    }

    /// <summary>The answer is 400 with errors at exactly these places.</summary>
    public static async Task<JsonElement> MustRefuse(this HttpResponseMessage response, params string[] places)
    {
        var problem = await response.MustBe("invalid-request", HttpStatusCode.BadRequest);
        Assert.Equal(places.Order(StringComparer.Ordinal), problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
        return problem;
    }

    public static string? WwwAuthenticate(this HttpResponseMessage response) =>
        response.Headers.TryGetValues(HeaderNames.WWWAuthenticate, out var values) ? string.Join(", ", values) : null;

    public static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
