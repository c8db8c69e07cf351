using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PartnerLedger.Api.Pages;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Pages;

/// <summary>Walks every page with sessions of every role.</summary>
public sealed class PageAccessTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private static readonly Role[] Everyone = Enum.GetValues<Role>();
    private static readonly Role[] Readers = [Role.Leader, Role.Analyst, Role.Auditor];

    /// <summary>Who may open what; a page that is not here fails, so that nobody forgets to decide. Null: open to all.</summary>
    private static readonly Dictionary<string, Role[]?> Contract = new(StringComparer.Ordinal)
    {
        ["/"] = Everyone,
        ["/sign-in"] = null,
        ["/partnerships"] = [Role.Leader, Role.Auditor],
        ["/partnerships/{Id:guid}"] = [Role.Leader, Role.Auditor],
        ["/partnerships/new"] = [Role.Leader],
        ["/analysis"] = Readers,
        ["/analysis/contrast"] = Readers,
        ["/analysis/incidence"] = Readers,
        ["/analysis/transitions"] = Readers,
        ["/analysis/cooccurrence"] = Readers,
        ["/analysis/trend"] = Readers,
        ["/analysis/complementarity"] = Readers,
        ["/brief"] = Readers,
        ["/catalogue"] = Readers,
        ["/catalogue/{Code}"] = Readers,
        ["/catalogue/new"] = [Role.Analyst],
        ["/catalogue/{Code}/revise"] = [Role.Analyst],
        ["/frameworks"] = Readers,
        ["/frameworks/{Code}"] = Readers,
        ["/frameworks/new"] = [Role.Analyst],
        ["/frameworks/{Code}/revise"] = [Role.Analyst],
        ["/imports"] = [Role.Leader],
        ["/imports/{Id:guid}"] = [Role.Leader, Role.Auditor],
        ["/audit"] = [Role.Auditor],
        ["/audit/reads"] = [Role.Auditor],
        ["/audit/partnerships/{Id:guid}"] = [Role.Auditor],
        ["/operations"] = [Role.Operator],
        ["/operations/accept-database"] = [Role.Operator],
        ["/operations/rotate-key"] = [Role.Operator],
        ["/operations/erase-texts"] = [Role.Operator],
        ["/operations/erase-person"] = [Role.Operator],
        ["/problems"] = null,
        ["/problems/{code}"] = null,
    };

    /// <summary>Pages, what their forms send, and a route that the framework adds beside them and that is open to nobody.</summary>
    internal static bool IsForPages(RouteEndpoint route) =>
        route.RoutePattern.RawText!.TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal) || route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null || route.Metadata.GetMetadata<PageMetadata>() is not null;

    [Fact]
    public void Every_page_is_in_the_contract_and_every_line_of_the_contract_is_a_page() =>
        Assert.Equal(Contract.Keys.Order(StringComparer.Ordinal), Pages().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_do_so()
    {
        using var visitor = new PageVisitor(service);
        foreach (var (page, roles) in Contract)
        {
            using var response = await visitor.Get(Path(page));
            if (roles is null)
            {
                Assert.NotEqual(HttpStatusCode.Redirect, response.StatusCode);
            }
            else
            {
                Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
                Assert.StartsWith("http://localhost/sign-in?returnUrl=", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Each_role_may_open_its_pages_and_no_others()
    {
        foreach (var role in Everyone)
        {
            using var visitor = await PageVisitor.SignIn(service, role);
            foreach (var (page, roles) in Contract)
            {
                using var response = await visitor.Get(Path(page));
                var text = await response.Content.ReadAsStringAsync();
                Assert.True(response.StatusCode == HttpStatusCode.Forbidden == (roles?.Contains(role) == false), $"{role} {page}: {response.StatusCode}");
                Assert.True((int)response.StatusCode < 500, $"{role} {page}: {response.StatusCode} {text}");
                Assert.StartsWith("<!doctype html>", text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task A_session_reads_the_api_and_never_changes_anything_there()
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Leader);
        using var read = await visitor.Get("/api/analysis/summary");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var change = await visitor.Post("/api/partnerships", Answers.Json("""{"name":"By cookie"}"""));
        await change.MustBe("unauthenticated", HttpStatusCode.Unauthorized);
        using var forbidden = await visitor.Get("/api/audit/reads");
        await forbidden.MustBe("forbidden", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_link_gives_what_is_shown_as_csv()
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Leader);
        using var csv = await visitor.Get("/csv/analysis/summary");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("partnerledger-summary.csv", csv.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("measure,of,count,suppressed", await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_another_site_made_is_refused()
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Leader);
        using var forged = await visitor.Post("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var page = await visitor.Get("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task Signing_in_leads_nowhere_else(string returnUrl)
    {
        using var visitor = new PageVisitor(service);
        using var response = await visitor.Choose(returnUrl, Role.Leader);
        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    private IEnumerable<string> Pages() => service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/'));

    private static string Path(string page) => page
        .Replace("{Id:guid}", "0199f000-0000-7000-8000-000000000000", StringComparison.Ordinal)
        .Replace("{Code}", "N-TRUST", StringComparison.Ordinal)
        .Replace("{code}", "fault", StringComparison.Ordinal);
}
