using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Pages;

/// <summary>A browser without a window: it keeps cookies, asks for HTML, and follows nothing by itself.</summary>
internal sealed partial class PageVisitor : IDisposable
{
    private readonly HttpClient client;

    public PageVisitor(WebApplicationFactory<Program> node)
    {
        client = node.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.8));
    }

    public static async Task<PageVisitor> SignIn(WebApplicationFactory<Program> node, params Role[] roles)
    {
        var visitor = new PageVisitor(node);
        (await visitor.Choose("/", roles)).Dispose();
        return visitor;
    }

    public async Task<HttpResponseMessage> Choose(string returnUrl, params Role[] roles)
    {
        var form = await client.GetStringAsync("/sign-in");
        return await client.PostAsync("/sign-in/development", new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", Token().Match(form).Groups["token"].Value),
            new("name", "somebody"),
            new("returnUrl", returnUrl),
            .. roles.Select(role => KeyValuePair.Create("roles", role.ToString())),
        ]));
    }

    public Task<HttpResponseMessage> Get(string path) => client.GetAsync(path);

    /// <summary>The same as soon as it is begun to be answered.</summary>
    public Task<HttpResponseMessage> Begin(string path) => client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

    public Task<HttpResponseMessage> Post(string path, HttpContent content) => client.PostAsync(path, content);

    /// <summary>Sends the last form of a page: what it brings along, and what the visitor writes into it.</summary>
    public async Task<HttpResponseMessage> Fill(string path, params (string Name, string Value)[] written)
    {
        var page = await client.GetStringAsync(path);
        var brought = Hidden().Matches(page, page.LastIndexOf("<form", StringComparison.Ordinal))
            .Select(input => KeyValuePair.Create(input.Groups["name"].Value, input.Groups["value"].Value));
        return await client.PostAsync(path, new FormUrlEncodedContent([.. brought, .. written.Select(field => KeyValuePair.Create(field.Name, field.Value))]));
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
