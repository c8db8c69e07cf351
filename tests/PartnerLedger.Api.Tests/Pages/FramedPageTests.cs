using System.Net;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Pages;

/// <summary>Whoever asks what takes its time sees at once where they are, and the answer below it once it is there.</summary>
public sealed class FramedPageTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private const string Main = "<main id=\"main\" tabindex=\"-1\">";

    private readonly LedgerClient leader = service.As(Role.Leader);

    [Fact]
    public async Task What_frames_a_page_is_there_before_its_answer()
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Analyst);
        // Nobody can know what comes after the last event, so this one waits.
        var last = (await leader.Post("/api/partnerships", """{"name":"Care at home"}""")).Must(201).Position;
        using var answer = await visitor.Begin($"/analysis/transitions?minPosition={last + 1}");
        using var page = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var read = "";
        while (!read.EndsWith("</p>", StringComparison.Ordinal) || !read.Contains("Counting", StringComparison.Ordinal))
        {
            read += (char)page.Read();
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("<title>Transitions – PartnerLedger</title>", read, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"page\">Analysis</a>", read, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1>", read, StringComparison.Ordinal);

        (await leader.Post("/api/partnerships", """{"name":"Care at work"}""")).Must(201);
        var rest = await page.ReadToEndAsync();
        Assert.StartsWith("<h1>Transitions</h1>", rest.TrimStart(), StringComparison.Ordinal);
        Assert.EndsWith("</html>", rest.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", rest, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1, 1], new[] { "<!doctype html>", "<title>", Main, "</main>" }.Select(part => (read + rest).Split(part).Length - 1));
    }

    [Fact]
    public async Task A_page_that_waited_in_vain_says_so_within_its_frame()
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Leader);
        using var answer = await visitor.Get($"/analysis/trend?minPosition={1_000_000_000}");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("</html>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_forbidden_is_named_by_that()
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Operator);
        using var answer = await visitor.Get("/analysis/trend");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(1, page.Split("<title>").Length - 1);
        Assert.DoesNotContain("<title>Trend", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Counting", page, StringComparison.Ordinal);
    }
}
