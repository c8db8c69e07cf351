using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace PartnerLedger.Api.Tests.Description;

/// <summary>What clients rely on changes only on purpose. Set UPDATE_GOLDEN_FILES to write the files anew.</summary>
public sealed class GoldenTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_of_the_service_is_as_it_was()
    {
        using var client = service.CreateClient();
        var document = JsonSerializer.Serialize(JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement, Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN_FILES") is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(Sources(), "..", "Golden", "openapi.json"), document);
        }
        else
        {
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "openapi.json")), document);
        }
    }

    [Fact]
    public void Every_endpoint_is_in_the_table_of_contents()
    {
        var endpoints = typeof(Program).Assembly.GetTypes()
            .Where(type => type.GetMethod("Map", BindingFlags.Public | BindingFlags.Static, [typeof(IEndpointRouteBuilder)]) is not null)
            .Select(type => type.Name);
        var contents = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "Endpoints.cs"));
        var listed = Regex.Matches(contents, @"(?<name>\w+)\.Map\((?:api|app)\);", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value).ToArray();
        Assert.Equal(endpoints.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static string Sources([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
