using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests;

public sealed class ServiceTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task The_regions_are_those_of_the_contract_unless_configured()
    {
        using var client = service.ClientOf(Role.Operator);
        Assert.Equal(
            """{"items":["asia-pacific","eu-plus","north-america","latin-america-caribbean","middle-east","africa","eastern-europe-central-asia"]}""",
            await client.GetStringAsync("/api/regions"));
    }

    [Theory]
    [InlineData("Ledger:Regions", "north, south")]
    [InlineData("Ledger:Regions:0", "north")]
    public async Task Regions_can_be_configured_as_a_list_or_a_text(string setting, string value)
    {
        await using var other = service.WithWebHostBuilder(builder => builder.UseSetting(setting, value));
        using var client = other.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Of(Role.Leader));
        Assert.Equal(
            value.Split(", "),
            JsonDocument.Parse(await client.GetStringAsync("/api/regions")).RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetString()));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_service_says_that_it_is_well(string path)
    {
        using var client = service.CreateClient();
        Assert.Equal("healthy", JsonDocument.Parse(await client.GetStringAsync(path)).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_page_that_shows_the_api_is_open_and_reads_the_description()
    {
        using var client = service.CreateClient();
        using var page = await client.GetAsync("/docs");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("swagger-ui", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("/openapi/v1.json", await client.GetStringAsync("/docs/index.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_tells_bodies_roles_and_problems()
    {
        using var client = service.CreateClient();
        var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);

        var token = document.GetProperty("paths").GetProperty("/api/dev/token").GetProperty("post");
        var body = token.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString();
        Assert.Equal("#/components/schemas/CreateDevelopmentTokenRequest", body);
        Assert.False(token.TryGetProperty("security", out _));

        var schemas = document.GetProperty("components").GetProperty("schemas");
        var request = schemas.GetProperty("CreateDevelopmentTokenRequest");
        Assert.Equal(["name"], request.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(
            ["leader", "analyst", "auditor", "operator"],
            request.GetProperty("properties").GetProperty("roles").GetProperty("items").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.True(schemas.TryGetProperty("CreateDevelopmentTokenResponse", out _));
        Assert.True(schemas.TryGetProperty("ListRegionsResponse", out _));

        var regions = document.GetProperty("paths").GetProperty("/api/regions").GetProperty("get");
        Assert.True(regions.GetProperty("security")[0].TryGetProperty("bearer", out _));
        var refusal = regions.GetProperty("responses").GetProperty("401").GetProperty("content").GetProperty("application/problem+json");
        Assert.Equal("#/components/schemas/Problem", refusal.GetProperty("schema").GetProperty("$ref").GetString());
    }
}
