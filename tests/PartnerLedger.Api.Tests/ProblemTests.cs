using System.Net;

namespace PartnerLedger.Api.Tests;

public sealed class ProblemTests(ProbeHost host, ServiceFactory service) : IClassFixture<ProbeHost>, IClassFixture<ServiceFactory>
{
    public static TheoryData<string, int> Codes => new(Problems.All.Select(type => (type.Code, type.Status)));

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_problem_is_answered_in_one_form_with_members_of_its_own(string code, int status)
    {
        using var response = await host.Client.GetAsync($"/refuse/{code}");
        var problem = await response.MustBe(code, (HttpStatusCode)status);
        Assert.Equal("For once.", problem.GetProperty("detail").GetString());
        Assert.Equal("red", problem.GetProperty("state").GetString());
        Assert.Equal(2, problem.GetProperty("allowed").GetArrayLength());
        Assert.Equal(status is 429 or 503, response.Headers.RetryAfter is not null);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_type_leads_to_a_page_that_explains_it(string code, int status)
    {
        using var client = service.CreateClient();
        using var response = await client.GetAsync($"/problems/{code}");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains(WebUtility.HtmlEncode(Problems.Find(code)!.Title), page.Replace("&#x27;", "&#39;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"status: {status}", page, StringComparison.Ordinal);
        Assert.Contains($"/problems/{code}", await client.GetStringAsync("/problems"), StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_are_distinct() => Assert.Equal(Problems.All.Count, Problems.All.Select(type => type.Code).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public async Task An_unknown_problem_has_no_page()
    {
        using var client = service.CreateClient();
        await (await client.GetAsync("/problems/none")).MustBe("not-found", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/favicon.ico")]
    [InlineData("/api/nothing/%E2%82%AC?x=1")]
    public async Task An_unknown_route_is_not_found(string path)
    {
        using var client = service.CreateClient();
        await (await client.GetAsync(path)).MustBe("not-found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_method_is_told_which_are_allowed()
    {
        using var client = service.CreateClient();
        using var response = await client.DeleteAsync("/api/regions");
        await response.MustBe("method-not-allowed", HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/fault", "fault", HttpStatusCode.InternalServerError)]
    [InlineData("/broken", "fault", HttpStatusCode.InternalServerError)]
    [InlineData("/away", "database-unreachable", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/stopping", "database-unreachable", HttpStatusCode.ServiceUnavailable)]
    public async Task A_fault_is_mapped_once_and_keeps_its_details_to_the_log(string path, string code, HttpStatusCode status)
    {
        using var response = await host.Client.GetAsync(path);
        Assert.DoesNotContain("secret", (await response.MustBe(code, status)).ToString(), StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, response.Headers.RetryAfter is not null);
    }

    [Theory]
    [InlineData("/needs/")]
    [InlineData("/needs/?count=1")]
    [InlineData("/needs/a")]
    public async Task What_cannot_be_bound_is_refused_without_the_promise_of_errors(string path)
    {
        var problem = await (await host.Client.GetAsync(path)).MustBe("invalid-request", HttpStatusCode.BadRequest);
        Assert.False(problem.TryGetProperty("errors", out _));
        Assert.DoesNotContain("errors", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_route_that_names_no_role_is_closed_to_all()
    {
        await (await host.Client.GetAsync("/forgotten")).MustBe("forbidden", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_may_not_ask_is_told_so_before_anything_is_said_about_the_request()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo?x=1") { Content = Answers.Json("{") };
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Authorization = new("Bearer", Tokens.Of(Security.Role.Auditor));
        await (await host.Client.SendAsync(request)).MustBe("forbidden", HttpStatusCode.Forbidden);
    }
}
