using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PartnerLedger.Api.Audit.Reads;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>Who read what, as auditors are told.</summary>
public sealed class ReadsTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private readonly LedgerClient auditor = service.As("aud", Role.Auditor);

    [Fact]
    public async Task A_read_is_told_with_its_person_roles_filters_status_and_rows()
    {
        var before = DateTime.UtcNow.AddMilliseconds(-1);
        var asked = (await service.As("ana", Role.Analyst).Get("/api/factors?topic=FUND&polarity=negative&polarity=success")).Must(200);
        var read = Assert.Single((await ToldOf(await Person("ana"), 1))["items"].EnumerateArray());

        Assert.Equal(asked["items"].GetArrayLength(), read.GetProperty("rows").GetInt64());
        Assert.NotEqual(0, read.GetProperty("rows").GetInt64());
        Assert.Equal("topic=FUND&polarity=negative&polarity=success", read.GetProperty("query").GetString());
        Assert.Equal(("/api/factors", "/api/factors", 200), (read.GetProperty("route").GetString(), read.GetProperty("path").GetString(), read.GetProperty("status").GetInt32()));
        Assert.Equal(("ana", DevelopmentIssuer.Name), (read.GetProperty("subject").GetString(), read.GetProperty("issuer").GetString()));
        Assert.Equal("""["analyst"]""", read.GetProperty("roles").GetRawText());
        Assert.InRange(read.GetProperty("at").GetDateTime(), before, DateTime.UtcNow);
    }

    [Fact]
    public async Task Refusals_are_told_and_who_is_not_signed_in_is_nobody()
    {
        var analyst = service.As("ned", Role.Analyst, Role.Operator);
        (await analyst.Get("/api/partnerships")).Must(403);
        (await analyst.Get("/api/analysis/trend?sate=x")).Must(400);
        (await analyst.Get("/api/frameworks/none?version=1")).Must(404);
        (await new LedgerClient(service.ClientWith(Tokens.Expired(Role.Analyst))).Get("/api/analysis/trend")).Must(401);
        (await analyst.Get("/health/live")).Must(200);
        (await analyst.Get("/api/nothing")).Must(404);
        (await analyst.Get("/api/regions")).Must(200);

        var told = await ToldOf(await Person("ned"), 4);
        Assert.Equal(
            ["/api/regions 200", "/api/frameworks/{code} 404", "/api/analysis/trend 400", "/api/partnerships 403"],
            told["items"].EnumerateArray().Select(read => $"{read.GetProperty("route").GetString()} {read.GetProperty("status").GetInt32()}"));
        Assert.Equal(JsonValueKind.Null, told["items"][3].GetProperty("rows").ValueKind);
        Assert.Equal("/api/frameworks/none", told["items"][1].GetProperty("path").GetString());
        Assert.DoesNotContain("401", (await auditor.Get("/api/audit/reads?limit=500")).Must(200).Each("items", "status"));
    }

    [Fact]
    public async Task Each_form_of_a_history_and_of_an_analysis_tells_its_rows()
    {
        var (leader, path) = (service.As("fred", Role.Leader), await service.As(Role.Leader).Open());
        (await leader.Post($"{path}/factors", """{"factors":["N-FUND","S-LEAD"]}""")).Must(200);
        var position = (await leader.Post($"{path}/active")).Must(200).Position;
        string[] forms = ["application/json", "application/x-ndjson", "application/cloudevents-batch+json"];
        foreach (var form in forms)
        {
            (await leader.Get($"{path}/history", ("Accept", form))).Must(200);
        }

        var csv = (await leader.Get($"/api/analysis/factors?minPosition={position}", ("Accept", "text/csv"))).Must(200);
        (await leader.Get($"{path}?version=1")).Must(200);
        var told = (await ToldOf(await Person("fred"), 5))["items"].EnumerateArray().Select(read => read.GetProperty("rows").ToString());
        Assert.Equal(["", $"{csv.Text.Count(character => character == '\n') - 1}", "4", "4", "4"], told);
    }

    [Fact]
    public async Task Every_list_tells_how_many_rows_it_had()
    {
        var everyone = service.As("eve", Enum.GetValues<Role>());
        var lists = new Dictionary<string, long>(StringComparer.Ordinal);
        var asked = 0;
        foreach (var route in service.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>().Where(route => route.RoutePattern.Parameters.Count == 0).Select(route => route.Metadata.GetMetadata<ReadRoute>()?.Route).OfType<string>())
        {
            var query = route.EndsWith("/contrast", StringComparison.Ordinal) ? "?group=failed&versus=successful" : "";
            var answer = await everyone.Get(route + query, ("Accept", "application/json"));
            asked++;
            if (answer.Status == 200 && List(answer.Json) is { } list)
            {
                lists.Add(route, list.GetArrayLength());
            }
        }

        Assert.True(lists.Count >= 12, string.Join(' ', lists.Keys));
        var told = (await ToldOf(await Person("eve"), asked))["items"].EnumerateArray()
            .Where(read => lists.ContainsKey(read.GetProperty("route").GetString()!))
            .ToDictionary(read => read.GetProperty("route").GetString()!, read => read.GetProperty("rows"), StringComparer.Ordinal);
        Assert.All(lists, list => Assert.Equal($"{list.Key} {list.Value}", $"{list.Key} {told[list.Key]}"));

        static JsonElement? List(JsonElement answer) => new[] { "items", "rows", "events", "curve" }
            .Select(name => answer.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list : (JsonElement?)null).FirstOrDefault(list => list is not null);
    }

    [Fact]
    public async Task Pages_give_each_read_once_the_newest_first()
    {
        await using var node = service.AnotherNode();
        var (here, there) = (service.As("pam", Role.Leader), node.As("pam", Role.Leader));
        for (var i = 0; i < 7; i++)
        {
            (await (i % 2 == 0 ? here : there).Get($"/api/partnerships?q=page{i}")).Must(200);
        }

        var person = await Person("pam");
        var whole = await ToldOf(person, 7);
        var found = new List<string?>();
        string? next = $"/api/audit/reads?person={person}&limit=3";
        while (next is not null)
        {
            var page = (await auditor.Get(next)).Must(200);
            found.AddRange(page.Each("items", "query"));
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal(["q=page6", "q=page5", "q=page4", "q=page3", "q=page2", "q=page1", "q=page0"], found);
        var (from, to) = (whole["items"][4].GetProperty("at").GetString(), whole["items"][2].GetProperty("at").GetString());
        Assert.Equal(["q=page4", "q=page3", "q=page2"], (await auditor.Get($"/api/audit/reads?person={person}&from={from}&to={to}")).Must(200).Each("items", "query"));
    }

    [Fact]
    public async Task Asking_who_read_is_a_read()
    {
        var other = service.As("ada", Role.Auditor);
        (await other.Get("/api/audit/reads?limit=1")).Must(200);
        var read = (await ToldOf(await Person("ada"), 1))["items"][0];
        Assert.Equal(("/api/audit/reads", "limit=1"), (read.GetProperty("route").GetString(), read.GetProperty("query").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_by_name()
    {
        await (await auditor.Get("/api/audit/reads?from=2024-02-01T00:00:00Z&to=2024-01-01T00:00:00Z")).MustRefuse("from");
        await (await auditor.Get("/api/audit/reads?from=2024-02-01&person=ann&limit=0&who=ann")).MustRefuse("from", "person", "limit", "who");
        foreach (var cursor in new[] { "1", "x/0199f000-0000-7000-8000-000000000000", "1/ann", "9999999999999999999/0199f000-0000-7000-8000-000000000000" })
        {
            var encoded = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(cursor));
            await (await auditor.Get($"/api/audit/reads?cursor={encoded}")).MustRefuse("cursor");
        }
    }

    [Fact]
    public async Task An_erased_person_is_a_bare_id_in_what_they_read()
    {
        var reader = service.As("Reader-who-leaves", Role.Analyst);
        (await reader.Get("/api/analysis/summary")).Must(200);
        var person = await Person("Reader-who-leaves");
        await ToldOf(person, 1);

        (await service.As(Role.Operator).Post($"/api/operations/people/{person}/erasure")).Must(204);
        var read = (await ToldOf(person, 1))["items"][0];
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (read.GetProperty("subject").ValueKind, read.GetProperty("issuer").ValueKind));
        Assert.DoesNotContain("Reader-who-leaves", read.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0L, await Sql.Run(service.Database.Owner, "select count(*) from ledger_person where subject = 'Reader-who-leaves'"));
    }

    private Task<Answer> ToldOf(Guid person, int reads) => Eventually.Answers(
        () => auditor.Get($"/api/audit/reads?person={person}&limit=500"), answer => answer.Must(200)["items"].GetArrayLength() >= reads);

    private async Task<Guid> Person(string subject)
    {
        // Up to now: to ask again and again is read after read, and would push theirs out of the page.
        var until = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var all = await Eventually.Answers(
            () => auditor.Get($"/api/audit/reads?to={until}&limit=500"), answer => answer.Must(200).Each("items", "subject").Contains(subject, StringComparer.Ordinal));
        return all["items"].EnumerateArray().First(read => read.GetProperty("subject").GetString() == subject).GetProperty("person").GetGuid();
    }
}
