using System.Text.Json;

namespace PartnerLedger.Api.Tests.Description;

/// <summary>The description tells clients what they need to write against the service.</summary>
public sealed class DescriptionTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task Every_command_tells_how_to_repeat_it_and_what_it_was_decided_on()
    {
        var commands = (await Operations()).Where(operation => operation.Method is "post" or "put" && !operation.Path.StartsWith("/api/operations", StringComparison.Ordinal) && operation.Path is not ("/api/dev/token" or "/api/imports")).ToArray();
        Assert.Equal(20, commands.Length);
        foreach (var (method, path, operation) in commands)
        {
            var headers = operation.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "header").Select(parameter => parameter.GetProperty("name").GetString());
            Assert.Equal(["If-Match", "Idempotency-Key"], headers);
            var responses = operation.GetProperty("responses");
            var good = responses.TryGetProperty("201", out var created) ? created : responses.GetProperty("200");
            string[] answered = responses.TryGetProperty("201", out _) ? ["ETag", "Idempotency-Replayed", "Location"] : ["ETag", "Idempotency-Replayed"];
            Assert.Equal(answered, good.GetProperty("headers").EnumerateObject().Select(header => header.Name));
            foreach (var status in new[] { "400", "401", "403", "409", "412", "413", "415", "422", "503" })
            {
                Assert.True(responses.TryGetProperty(status, out _), $"{method} {path} does not tell of {status}.");
            }

            var body = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
            Assert.Equal(JsonValueKind.Object, body.GetProperty("example").ValueKind);
        }
    }

    [Fact]
    public async Task Every_example_is_accepted()
    {
        var client = service.As(Security.Role.Leader, Security.Role.Analyst, Security.Role.Operator);
        foreach (var (method, path, operation) in (await Operations()).Where(operation => operation.Operation.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out var json) && json.TryGetProperty("example", out _)))
        {
            var example = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
            var partnership = await client.Open();
            var target = path.Replace("/api/partnerships/{id}", partnership, StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal)
                .Replace("frameworks/{code}", "frameworks/ward-round", StringComparison.Ordinal).Replace("{code}", "N-TRUST", StringComparison.Ordinal);
            if (path.EndsWith("/corrections", StringComparison.Ordinal))
            {
                (await client.Post($"{partnership}/active")).Must(200);
            }

            var answer = method == "put" ? await client.Put(target, example) : await client.Post(target, example);
            Assert.True(answer.Status is 200 or 201 or 409, $"{method} {path}: {answer.Text}");
        }
    }

    [Fact]
    public async Task What_a_question_cannot_do_without_is_called_required_and_nothing_else_is()
    {
        var client = service.As(Security.Role.Leader, Security.Role.Analyst, Security.Role.Auditor, Security.Role.Operator);
        var partnership = await client.Open();
        foreach (var (_, path, operation) in (await Operations()).Where(operation => operation.Method == "get" && operation.Path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var parameters = operation.TryGetProperty("parameters", out var some) ? some.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query").ToArray() : [];
            var required = parameters.Where(parameter => parameter.TryGetProperty("required", out var isSo) && isSo.GetBoolean()).Select(parameter => parameter.GetProperty("name").GetString()!).ToArray();
            var bare = await client.Get(path.Replace("/api/partnerships/{id}", partnership, StringComparison.Ordinal));
            if (required.Length > 0)
            {
                await bare.MustRefuse(required);
            }
            else
            {
                Assert.True(bare.Status is not 400, $"{path} is refused without what is not called required: {bare.Text}");
            }
        }
    }

    [Fact]
    public async Task Every_schema_says_what_it_is()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        foreach (var schema in schemas.EnumerateObject())
        {
            Assert.True(schema.Value.EnumerateObject().Any(), $"{schema.Name} is described by nothing.");
            if (!schema.Value.TryGetProperty("properties", out var properties))
            {
                continue;
            }

            foreach (var property in properties.EnumerateObject().Where(property => property.Name is not ("data" or "value")))
            {
                Assert.True(
                    property.Value.TryGetProperty("type", out _) || property.Value.TryGetProperty("$ref", out _) || property.Value.TryGetProperty("oneOf", out _) || property.Value.TryGetProperty("enum", out _),
                    $"{schema.Name}.{property.Name}: {property.Value}");
            }
        }
    }

    [Fact]
    public async Task Words_dates_and_corrections_are_described_as_they_are_written()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        var replacement = schemas.GetProperty("CorrectEventRequest").GetProperty("properties").GetProperty("replacement").GetProperty("properties");
        Assert.Equal("""["null","string"]""", Compact(replacement.GetProperty("name").GetProperty("type")));
        Assert.Equal("array", replacement.GetProperty("partners").GetProperty("type").EnumerateArray().Select(type => type.GetString()).Single(type => type != "null"));
        Assert.Contains("industry", replacement.GetProperty("sector").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("2024-03", Follow(schemas, replacement.GetProperty("occurredOn")).GetRawText(), StringComparison.Ordinal);
        var opening = schemas.GetProperty("OpenPartnershipRequest").GetProperty("properties");
        Assert.Contains("undeveloped", Follow(schemas, opening.GetProperty("stage")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("2024-03", Follow(schemas, opening.GetProperty("occurredOn")).GetRawText(), StringComparison.Ordinal);
    }

    private static JsonElement Follow(JsonElement schemas, JsonElement schema)
    {
        var text = schema.GetRawText();
        var at = text.IndexOf("#/components/schemas/", StringComparison.Ordinal);
        return at < 0 ? schema : schemas.GetProperty(text[(at + 21)..text.IndexOf('"', at)]);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private async Task<JsonElement> Document()
    {
        using var client = service.CreateClient();
        return JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement;
    }

    private async Task<IEnumerable<(string Method, string Path, JsonElement Operation)>> Operations() =>
        (await Document()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (operation.Name, path.Name, operation.Value)));
}
