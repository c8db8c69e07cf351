using System.Net;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Pages;

/// <summary>Forms that were opened before something changed are answered in a page that says so.</summary>
public sealed class StaleFormTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    [Fact]
    public async Task A_form_that_its_page_does_not_have_is_told_so_in_a_page()
    {
        using var leader = await PageVisitor.SignIn(service, Role.Leader);
        await MustBeStale(await leader.Fill("/partnerships/new", ("_handler", "gone")));
    }

    [Fact]
    public async Task A_form_without_the_proof_that_it_came_from_this_session_is_told_so_in_a_page()
    {
        using var leader = await PageVisitor.SignIn(service, Role.Leader);
        await MustBeStale(await leader.Post("/partnerships/new", new FormUrlEncodedContent([new("_handler", "open"), new("name", "Care at home")])));
    }

    [Fact]
    public async Task A_form_sent_after_the_session_ended_leads_to_the_sign_in_which_says_that_nothing_was_stored()
    {
        using var nobody = new PageVisitor(service);
        using var sent = await nobody.Post("/partnerships/new", new FormUrlEncodedContent([new("name", "Care at home")]));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);

        var page = await (await nobody.Get(sent.Headers.Location!.PathAndQuery)).Content.ReadAsStringAsync();
        Assert.Contains("Your session had ended", page, StringComparison.Ordinal);
        using var opened = await nobody.Get("/partnerships/new");
        Assert.DoesNotContain("ended=true", opened.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static async Task MustBeStale(HttpResponseMessage answer)
    {
        using (answer)
        {
            var page = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && answer.Content.Headers.ContentType?.MediaType == "text/html", $"{answer} {page}");
            Assert.Contains("<h2>This form could not be taken</h2>", page, StringComparison.Ordinal);
            Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        }
    }
}
