using System.Text.Json;

namespace PartnerLedger.Api.Tests;

public sealed class RequestTraceTests(ProbeHost host) : IClassFixture<ProbeHost>
{
    [Fact]
    public async Task The_callers_trace_and_span_are_taken_over()
    {
        var trace = await Ask("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", trace.GetProperty("correlationId").GetString());
        Assert.Equal("00f067aa0ba902b7", trace.GetProperty("causationId").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01")]
    public async Task Without_a_trace_a_request_begins_one(string? traceparent)
    {
        var trace = await Ask(traceparent);
        Assert.Matches("^[0-9a-f]{32}$", trace.GetProperty("correlationId").GetString());
        Assert.DoesNotMatch("^0*$|^4bf92f", trace.GetProperty("correlationId").GetString());
        Assert.Equal(JsonValueKind.Null, trace.GetProperty("causationId").ValueKind);
    }

    [Fact]
    public async Task The_caller_is_the_tokens_issuer_and_subject()
    {
        var caller = JsonDocument.Parse(await host.Client.GetStringAsync("/caller")).RootElement;
        Assert.Equal("urn:partnerledger:development", caller.GetProperty("issuer").GetString());
        Assert.Equal("ann", caller.GetProperty("subject").GetString());
    }

    private async Task<JsonElement> Ask(string? traceparent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/trace");
        if (traceparent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        }

        return JsonDocument.Parse(await (await host.Client.SendAsync(request)).Content.ReadAsStringAsync()).RootElement;
    }
}
