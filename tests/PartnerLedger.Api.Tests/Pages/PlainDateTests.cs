using System.Net;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Pages;

/// <summary>Nobody has to write a moment in full to go back in time.</summary>
public sealed class PlainDateTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Theory]
    [InlineData("/?asOf=2020", "?asOf=2020-01-01T00:00:00Z")]
    [InlineData("/?asOf=2020-05", "?asOf=2020-05-01T00:00:00Z")]
    [InlineData("http://localhost//elsewhere.example?asOf=2020", "?asOf=2020-01-01T00:00:00Z")]
    [InlineData("/analysis/contrast?group=failed&asOf=+2020-05-17+&group=struggling&sector=", "?group=failed&group=struggling&asOf=2020-05-17T00:00:00Z&sector=")]
    [InlineData("/audit/partnerships/0199f000-0000-7000-8000-000000000000?asOf=2020-05-17", "?asOf=2020-05-17T00:00:00Z")]
    public async Task A_day_a_month_or_a_year_stands_for_its_first_moment(string asked, string shown)
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Leader, Role.Auditor);
        using var answer = await visitor.Get(asked);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(shown, Uri.UnescapeDataString(answer.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("/?asOf=2020-05-17T00:00:00Z", HttpStatusCode.OK)]
    [InlineData("/?asOf=", HttpStatusCode.OK)]
    [InlineData("/audit/partnerships/0199f000-0000-7000-8000-000000000000?asOf=2020-02-30", HttpStatusCode.BadRequest)]
    [InlineData("/audit/partnerships/0199f000-0000-7000-8000-000000000000?asOf=long+ago", HttpStatusCode.BadRequest)]
    public async Task What_is_a_moment_or_no_date_is_left_as_it_is(string asked, HttpStatusCode status)
    {
        using var visitor = await PageVisitor.SignIn(service, Role.Leader, Role.Auditor);
        using var answer = await visitor.Get(asked);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task The_api_takes_moments_alone()
    {
        await (await service.As(Role.Leader).Get("/api/analysis/summary?asOf=2020-05-17")).MustRefuse("asOf");
    }
}
