using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Hosting;

/// <summary>The service's edge around endpoints that do what no real endpoint should.</summary>
public sealed class ProbeHost : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("partnerledger-").FullName;
    private WebApplication? app;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["Ledger:DataDirectory"] = directory;
        builder.Configuration["Ledger:DevelopmentKey"] = Tokens.Secret;
        builder.WebHost.UseTestServer();
        builder.AddHosting();
        builder.AddSignIn();
        builder.Services.AddProblems();
        builder.Services.AddDescription();
        app = builder.Build();
        app.UseEdge();
        Map(app);
        ApiDescription.Map(app);
        await app.StartAsync();
        Client = app.GetTestClient();
        Client.DefaultRequestHeaders.Authorization = new("Bearer", Tokens.Of(Role.Leader));
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static void Map(WebApplication app)
    {
        var api = app.MapApi();
        api.MapPost("/echo", (Body<Order> body) => Results.Text(System.Text.Encoding.UTF8.GetString(body.Canonical.Span))).RequireRoles(Role.Leader);
        api.MapGet("/search", ([AsParameters] Paging page, string? q, Word<Colour>? colour, Word<Colour>[]? shade, int[]? year, Guid? id, [FromQuery(Name = "from")] DateTimeOffset? start, HttpContext context) =>
        {
            if (!page.TryResume(out var after))
            {
                return Paging.BadCursor();
            }

            Paging.Next(context, "after/" + q);
            return Results.Json(new { page.Count, after, q, Colour = colour?.Value, Shades = shade?.Select(one => one.Value), year });
        }).RequireRoles(Role.Leader, Role.Auditor);
        api.MapGet("/numbers", ([Range(1, long.MaxValue)] long? from, [Range(1e18, 2e18)] long? size, [Range(0.05, 1)] double? share) => Results.Json(new { from, size, share })).RequireSignIn();
        api.MapGet("/needs/{**rest}", (string rest, int count) => Results.Json(new { rest, count })).RequireSignIn();
        api.MapGet("/forms", (HttpContext context) => Results.Text(Negotiation.Choose(context))).RequireSignIn()
            .Produces<string>(200, "application/json", "text/csv");
        api.MapGet("/trace", (HttpContext context) => Results.Json(RequestTrace.From(context), Json.Options)).RequireSignIn();
        api.MapGet("/caller", (HttpContext context) => Results.Json(Caller.From(context), Json.Options)).RequireSignIn();
        api.MapGet("/forgotten", () => "Nobody may see this.");
        api.MapGet("/fault", string () => throw new InvalidOperationException("a secret detail")).RequireSignIn();
        api.MapGet("/away", string () => throw new NpgsqlException("secret host", new System.Net.Sockets.SocketException())).RequireSignIn();
        api.MapGet("/stopping", string () => throw new PostgresException("secret", "FATAL", "FATAL", "57P01")).RequireSignIn();
        api.MapGet("/broken", string () => throw new PostgresException("secret", "ERROR", "ERROR", "42P01")).RequireSignIn();
        api.MapGet("/refuse/{code}", (string code) => Problems.Find(code)!.Because("For once.").With("state", Colour.Red).With("allowed", new[] { "a", "b" })).RequireSignIn();
    }

    internal enum Colour
    {
        Red,
        DarkBlue,
    }

    internal sealed record Order(
        string Name, Colour? Colour = null, int? Count = null, bool? Urgent = null, Guid? Id = null, IReadOnlyList<Line>? Lines = null, string? Note = null) : IValidated
    {
        public void Validate(Errors errors)
        {
            errors.Require("/name", Name, 5);
            errors.Limit("/note", Note, 3);
        }
    }

    internal sealed record Line(string Item);
}
