using System.Net;
using System.Text;

namespace PartnerLedger.Api.Tests;

public sealed class BodyTests(ProbeHost host) : IClassFixture<ProbeHost>
{
    [Theory]
    [InlineData("""{"name":"Ann"}""")]
    [InlineData("""{"colour":"darkBlue","count":-3,"id":"0199f000-0000-7000-8000-000000000000","lines":[{"item":"é €"}],"name":"\"\\😀","note":null,"urgent":true}""")]
    public async Task A_good_body_reaches_the_handler_in_its_canonical_form(string canonical)
    {
        Assert.Equal(canonical, await (await Post(canonical)).Content.ReadAsStringAsync());
        Assert.Equal("""{"count":1,"name":"Ann"}""", await (await Post(""" { "name" : "\u0041nn", "count":1 } """)).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"name":"Ann","nick":"A"}""", "/nick")]
    [InlineData("""{"name":"Ann","Name":"A"}""", "/Name")]
    [InlineData("""{"name":"Ann","name":"A"}""", "/name")]
    [InlineData("""{"lines":[{"item":"a"},{"item":"b","x":1,"y":2}]}""", "/name", "/lines/1/x", "/lines/1/y")]
    [InlineData("""{"name":null}""", "/name")]
    [InlineData("""{"name":5,"count":"5","urgent":1,"id":"x","lines":{}}""", "/name", "/count", "/urgent", "/id", "/lines")]
    [InlineData("""{"name":"Ann","colour":"Red"}""", "/colour")]
    [InlineData("""{"name":"Ann","colour":0}""", "/colour")]
    [InlineData("""{"name":"Ann","colour":"red,darkBlue"}""", "/colour")]
    [InlineData("""{"name":"Ann","count":3000000000}""", "/count")]
    [InlineData("""{"name":"Ann","count":1.5}""", "/count")]
    [InlineData("""{"name":"Ann","count":1e400000}""", "/count")]
    [InlineData("""{"name":"Ann","lines":[null]}""", "/lines/0")]
    [InlineData("""{"name":"Ann","lines":[{}]}""", "/lines/0/item")]
    [InlineData("""{"name":"A\u0000"}""", "/name")]
    [InlineData("""{"name":"A\ud800"}""", "/name")]
    [InlineData("""{"name":"Ann","a/b":{"~":1}}""", "/a~1b")]
    [InlineData("""{"name":""}""", "/name")]
    [InlineData("""{"name":" \t"}""", "/name")]
    [InlineData("""{"name":"Annika","note":"four"}""", "/name", "/note")]
    [InlineData("""{"note":"four"}""", "/name", "/note")]
    [InlineData("""{"name":5,"note":"four"}""", "/name", "/note")]
    [InlineData("""{"name":"Annika","colour":"Red","id":1,"nick":"A"}""", "/name", "/colour", "/id", "/nick")]
    [InlineData("""{"name":"Annika","lines":[null,{},{"item":7}]}""", "/name", "/lines/0", "/lines/1/item", "/lines/2/item")]
    [InlineData("""{"name":"Ann" """, "/name")]
    [InlineData("""[]""", "")]
    [InlineData("null", "")]
    [InlineData("\"Ann\"", "")]
    [InlineData("Ann", "")]
    [InlineData(" ", "")]
    public async Task What_is_wrong_is_told_where_it_stands(string body, params string[] pointers)
    {
        var problem = await (await Post(body)).MustRefuse(pointers);
        Assert.DoesNotContain("System.", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("PartnerLedger.", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_very_much_that_is_wrong_the_first_thousand_things_are_told_and_nothing_at_length()
    {
        var strange = string.Join(',', Enumerable.Range(0, 3_000).Select(i => $"\"m{i}\":1").Append($"\"{new string('x', 100_000)}\":1"));
        using var answer = await Post($$"""{"name":"Ann",{{strange}}}""");
        var problem = await answer.MustBe("invalid-request", HttpStatusCode.BadRequest);
        Assert.Equal(1_000, problem.GetProperty("errors").EnumerateObject().Count());
        Assert.Equal(2_001, problem.GetProperty("furtherErrors").GetInt32());
        Assert.InRange(problem.GetRawText().Length, 1, 100_000);
    }

    [Fact]
    public async Task Characters_are_counted_as_people_count_them() => Assert.Equal(HttpStatusCode.OK, (await Post("""{"name":"😀😀😀😀😀"}""")).StatusCode);

    [Fact]
    public async Task A_body_left_out_is_an_empty_one() => await (await host.Client.PostAsync("/echo", null)).MustRefuse("/name");

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xFF, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        await (await host.Client.PostAsync("/echo", content)).MustRefuse("");
    }

    [Fact]
    public async Task Nesting_ends_at_thirty_two()
    {
        var deep = new string('[', 32);
        await (await Post($$"""{"name":{{deep}}{{deep.Replace('[', ']')}}}""")).MustRefuse("/name" + string.Concat(Enumerable.Repeat("/0", 31)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Only_json_in_utf8_is_read(string? type)
    {
        var content = new ByteArrayContent("""{"name":"Ann"}"""u8.ToArray());
        content.Headers.ContentType = type is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        await (await host.Client.PostAsync("/echo", content)).MustBe("unsupported-media-type", HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    public async Task Json_may_be_named_in_several_ways(string type)
    {
        var content = new ByteArrayContent("""{"name":"Ann"}"""u8.ToArray());
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.PostAsync("/echo", content)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_one_mebibyte_is_too_large_whether_it_says_so_or_not(bool chunked)
    {
        var text = $$"""{"name":"{{new string('a', 1024 * 1024)}}"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo") { Content = Answers.Json(text) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Content.Headers.ContentLength = chunked ? null : text.Length;
        await (await host.Client.SendAsync(request)).MustBe("too-large", HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_large_body_in_many_pieces_is_read_whole()
    {
        var text = $$"""{"name":"Ann","note":"{{new string('a', 500_000)}}"}""";
        await (await host.Client.PostAsync("/echo", new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(text)), 777) { Headers = { ContentType = new("application/json") } }))
            .MustRefuse("/note");
    }

    private Task<HttpResponseMessage> Post(string body) => host.Client.PostAsync("/echo", Answers.Json(body));
}
