using System.Net;
using System.Text.Json;

namespace PartnerLedger.Api.Tests;

public sealed class QueryTests(ProbeHost host) : IClassFixture<ProbeHost>
{
    [Theory]
    [InlineData("sate=x", "sate")]
    [InlineData("Limit=5", "Limit")]
    [InlineData("q=a&q=b", "q")]
    [InlineData("limit=0&unknown", "limit", "unknown")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("minPosition=-1", "minPosition")]
    [InlineData("minPosition=1&minPosition=2", "minPosition")]
    [InlineData("colour=Red", "colour")]
    [InlineData("colour=0", "colour")]
    [InlineData("colour=red&colour=red", "colour")]
    [InlineData("shade=red&shade=blue", "shade")]
    [InlineData("year=2024&year=x", "year")]
    [InlineData("id=5", "id")]
    [InlineData("from=yesterday", "from")]
    [InlineData("start=2024-01-01", "start")]
    [InlineData("page=1", "page")]
    [InlineData("q=%00", "q")]
    [InlineData("cursor=***", "cursor")]
    [InlineData("cursor=_w", "cursor")]
    public async Task What_no_parameter_may_say_is_refused_by_name(string query, params string[] names) =>
        await (await host.Client.GetAsync("/search?" + query)).MustRefuse(names);

    [Theory]
    [InlineData("/search?limit=501", "limit", "Must lie between 1 and 500.")]
    [InlineData("/numbers?from=0", "from", "Must be at least 1.")]
    [InlineData("/numbers?from=-9223372036854775808", "from", "Must be at least 1.")]
    [InlineData("/numbers?size=1", "size", "Must lie between 1000000000000000000 and 2000000000000000000.")]
    [InlineData("/numbers?share=1.5", "share", "Must lie between 0.05 and 1.")]
    public async Task A_number_out_of_its_limits_is_told_those_that_somebody_set(string path, string name, string message) =>
        Assert.Equal(message, (await (await host.Client.GetAsync(path)).MustRefuse(name)).GetProperty("errors").GetProperty(name)[0].GetString());

    [Fact]
    public async Task What_parameters_may_say_reaches_the_handler()
    {
        var answer = await Json("/search?limit=500&q=a%26b&colour=darkBlue&shade=red&shade=darkBlue&year=2023&year=2024&from=2024-01-01T00:00:00Z&minPosition=7");
        Assert.Equal("""{"count":500,"after":null,"q":"a&b","colour":"darkBlue","shades":["red","darkBlue"],"year":[2023,2024]}""", answer.GetRawText());
        Assert.Equal(50, (await Json("/search")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task The_link_to_the_next_page_asks_the_same_question_from_where_this_one_ended()
    {
        using var first = await host.Client.GetAsync("/search?q=a%26b&limit=5&year=1&year=2");
        var link = Assert.Single(first.Headers.GetValues("Link"));
        Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);

        var next = await Json(link[1..link.IndexOf('>', StringComparison.Ordinal)]);
        Assert.Equal("after/a&b", next.GetProperty("after").GetString());
        Assert.Equal("a&b", next.GetProperty("q").GetString());
        Assert.Equal(5, next.GetProperty("count").GetInt32());
        Assert.Equal(2, next.GetProperty("year").GetArrayLength());
    }

    [Fact]
    public async Task An_endpoint_that_takes_a_body_takes_no_query() =>
        await (await host.Client.PostAsync("/echo?minPosition=1", Answers.Json("""{"name":"Ann"}"""))).MustRefuse("minPosition");

    [Fact]
    public async Task The_description_names_each_parameter_as_it_is_asked_for()
    {
        var parameters = (await Json("/openapi/v1.json")).GetProperty("paths").GetProperty("/search").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.GetProperty("schema"));

        Assert.Equal(["limit", "cursor", "q", "colour", "shade", "year", "id", "from", "minPosition"], parameters.Keys);
        Assert.Equal(500, parameters["limit"].GetProperty("maximum").GetInt32());
        Assert.Equal(["red", "darkBlue"], parameters["shade"].GetProperty("items").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/*", "text/csv")]
    [InlineData("TEXT/CSV; q=0.5, application/json; q=0.4", "text/csv")]
    [InlineData("text/html, application/*;q=0.1", "application/json")]
    [InlineData("application/json;q=0, */*", "text/csv")]
    [InlineData("text/html, */*;q=0.8", "application/json")]
    public async Task An_answer_takes_the_form_that_was_preferred(string? accept, string form) =>
        Assert.Equal(form, await (await Accepting(accept)).Content.ReadAsStringAsync());

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0")]
    [InlineData("image/*, text/plain")]
    public async Task A_form_that_cannot_be_had_is_refused(string accept) =>
        await (await Accepting(accept)).MustBe("not-acceptable", HttpStatusCode.NotAcceptable);

    private async Task<HttpResponseMessage> Accepting(string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/forms");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await host.Client.SendAsync(request);
    }

    private async Task<JsonElement> Json(string path) => JsonDocument.Parse(await host.Client.GetStringAsync(path)).RootElement;
}
