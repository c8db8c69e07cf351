using System.Net.Http.Headers;
using System.Text;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Fuzzing;

/// <summary>Whatever is sent is accepted or refused, and the service goes on.</summary>
public sealed class FuzzTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    private const int Requests = 3_000;
    private const int Writers = 4;

    private static readonly int[] Answered = [200, 201, 304, 400, 404, 406, 409, 412, 413, 415, 422];

    private static readonly (string Method, string Path, string Body)[] Good =
    [
        ("POST", "/api/partnerships", """{"name":"A","stage":"proposed","partners":[{"name":"B","sector":"industry","country":"NL"}],"sectorsComplete":true,"regions":["africa"],"purpose":"P","informant":"i","informantRegion":"africa","occurredOn":"2024-03"}"""),
        ("POST", "{id}/active", """{"reason":"R","informant":"i","informantRegion":"eu-plus","occurredOn":"2024"}"""),
        ("POST", "{id}/struggling", """{"reason":"R"}"""),
        ("POST", "{id}/factors", """{"factors":["N-TRUST","S-LEAD"],"note":"N","informant":"i","occurredOn":"2024-03-15"}"""),
        ("POST", "{id}/factors", """{"factor":"N-TRUST","note":"N"}"""),
        ("POST", "{id}/partners", """{"name":"B","sector":"nonprofit","country":"DE","sectorsComplete":false,"occurredOn":"2024"}"""),
        ("POST", "{id}/partners/1/left", """{"partner":0,"reason":"R","occurredOn":"2024"}"""),
        ("POST", "{id}/name", """{"name":"C"}"""),
        ("POST", "{id}/regions", """{"regions":["africa","eu-plus"]}"""),
        ("POST", "{id}/corrections", """{"version":1,"reason":"R","replacement":{"name":"D","partners":[{"sector":"industry"}],"regions":["africa"],"purpose":null,"occurredOn":"2023","informant":"j"}}"""),
        ("POST", "{id}/corrections", """{"version":2,"reason":"R","withdrawn":true}"""),
        ("POST", "{id}/corrections", """{"version":3,"reason":"R","replacement":{"factor":"S-LEAD","note":"N","informantRegion":null}}"""),
        ("POST", "/api/factors", """{"code":"N-FUZZ","topic":"FUZZ","polarity":"negative","label":"L","definition":"D","source":"S","mitigations":["M"]}"""),
        ("PUT", "/api/factors/N-TRUST", """{"topic":"TRUST","polarity":"negative","label":"L"}"""),
        ("POST", "/api/frameworks", """{"code":"fuzz","name":"N","source":"S","factors":[{"factor":"N-TRUST","weight":3,"note":"N"}],"crosswalk":[{"term":"T","factor":"N-TRUST"}]}"""),
        ("PUT", "/api/frameworks/fuzz", """{"name":"N","source":"S","factors":[{"factor":"S-TRUST"}]}"""),
        ("GET", "/api/frameworks/fuzz", ""),
        ("GET", "/api/partnerships", ""),
        ("GET", "{id}", ""),
        ("GET", "{id}/history", ""),
        ("GET", "/api/factors", ""),
        ("GET", "/api/analysis/summary", ""),
        ("GET", "/api/analysis/factors", ""),
        ("POST", "/api/dev/token", """{"name":"A","roles":["leader"]}"""),
    ];

    private static readonly string[] Parameters =
        ["state", "sector", "region", "factor", "q", "sort", "cursor", "limit", "version", "asOf", "topic", "polarity", "minPosition", "by", "from", "to", "regionOf", "framework", "x", ""];

    private static readonly string[] Headers = ["If-Match", "If-None-Match", "Idempotency-Key", "Accept", "traceparent", "Content-Encoding", "Authorization", "Accept-Language"];

    [Theory]
    [InlineData(20240315)]
    public async Task Whatever_is_sent_is_accepted_or_refused_and_the_service_goes_on(int seed)
    {
        var leader = service.As(Role.Leader);
        var faults = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Send(new Random(seed + writer), Requests / Writers)));
        Assert.Empty(faults.SelectMany(of => of));

        var path = await leader.Open("After all");
        var position = (await leader.Post($"{path}/active")).Must(200).Position;
        Assert.Equal("active", Assert.Single((await leader.Get($"/api/partnerships?q=after+all&minPosition={position}")).Must(200).Each("items", "state")));
        var projections = (await service.As(Role.Operator).Get("/api/operations/projections")).Must(200);
        Assert.All(projections["items"].EnumerateArray(), item => Assert.Equal(0, item.GetProperty("parked").GetArrayLength()));
    }

    private async Task<List<string>> Send(Random random, int requests)
    {
        using var client = service.ClientOf(Role.Leader, Role.Analyst, Role.Auditor);
        var (mutator, leader, faults) = (new Mutator(random), service.As(Role.Leader), new List<string>());
        var path = "";
        for (var i = 0; i < requests; i++)
        {
            if (i % 100 == 0)
            {
                path = await leader.Open();
            }

            var (method, template, good) = Good[random.Next(Good.Length)];
            var body = good.Length == 0 ? [] : random.Next(10) == 0 ? Encoding.UTF8.GetBytes(good) : mutator.Spoil(good);
            using var request = new HttpRequestMessage(new HttpMethod(method), template.Replace("{id}", path, StringComparison.Ordinal) + Query(random, mutator, method));
            if (body.Length > 0)
            {
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            }

            Spoil(request, random, mutator);
            using var response = await client.SendAsync(request);
            if (!Answered.Contains((int)response.StatusCode) && !(response.StatusCode == System.Net.HttpStatusCode.Unauthorized && request.Headers.Contains("Authorization")))
            {
                faults.Add($"{method} {request.RequestUri} {Encoding.UTF8.GetString(body)} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }
        }

        (await leader.Get(path)).Must(200);
        (await leader.Get($"{path}/history")).Must(200);
        return faults;
    }

    private static string Query(Random random, Mutator mutator, string method)
    {
        var count = method == "GET" ? random.Next(3) : random.Next(20) == 0 ? 1 : 0;
        var parameters = Enumerable.Range(0, count).Select(_ =>
        {
            var name = Parameters[random.Next(Parameters.Length)];
            // A wait that cannot end well would only cost time.
            var value = name == "minPosition" ? "1" : random.Next(3) switch { 0 => Uri.EscapeDataString(mutator.Word(30)), 1 => "%00%ff", _ => random.Next(-2, 600).ToString() };
            return $"{name}={value}";
        });
        return count == 0 ? "" : "?" + string.Join('&', parameters);
    }

    private static void Spoil(HttpRequestMessage request, Random random, Mutator mutator)
    {
        if (random.Next(5) == 0)
        {
            var name = Headers[random.Next(Headers.Length)];
            var value = random.Next(3) switch { 0 => mutator.Word(300), 1 => "*", _ => "\"1\"" };
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
