using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests;

/// <summary>The service as its users meet it: on a socket.</summary>
public sealed class KestrelTests(KestrelTests.Listening node) : IClassFixture<KestrelTests.Listening>
{
    private readonly LedgerClient leader = node.Node.As(Role.Leader);

    [Fact]
    public async Task What_the_client_has_is_not_sent_again()
    {
        var path = await leader.Open();
        var answer = (await leader.Get(path, ("If-None-Match", "\"1\""))).Must(304);
        Assert.Equal(("\"1\"", ""), (answer.Header("ETag"), answer.Text));
        Assert.Null(answer.Header("Server"));
    }

    [Fact]
    public async Task Another_method_is_told_which_are_allowed()
    {
        foreach (var (path, allowed) in new[] { ("/api/partnerships", "GET, POST"), (await leader.Open(), "GET"), ("/api/factors/N-TRUST", "GET, PUT") })
        {
            var answer = await leader.Send(HttpMethod.Delete, path, null);
            await answer.MustBe("method-not-allowed", 405);
            Assert.Equal(allowed, string.Join(", ", answer.Header("Allow")!.Split(", ").Order(StringComparer.Ordinal)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_one_mebibyte_is_too_large(bool chunked)
    {
        using var client = node.Node.ClientOf(Role.Leader);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/partnerships") { Content = Answers.Json($$"""{"name":"{{new string('a', 1024 * 1024)}}"}""") };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;
        await (await client.SendAsync(request)).MustBe("too-large", System.Net.HttpStatusCode.RequestEntityTooLarge);
        await leader.Open();
    }

    [Theory]
    [InlineData("GET /api/regions HTTP/1.1\r\n\r\n", "400")]
    [InlineData("NONSENSE\r\n\r\n", "400")]
    [InlineData("GET /api/%zz HTTP/1.1\r\nHost: h\r\n\r\n", "404")]
    [InlineData("GET /api/factors/%00 HTTP/1.1\r\nHost: h\r\n\r\n", "400")]
    [InlineData("GET /api/partnerships?q=%ff%00 HTTP/1.1\r\nHost: h\r\n\r\n", "401")]
    [InlineData("POST /api/partnerships HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", "400")]
    public async Task Malformed_requests_are_answered(string request, string status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", await FirstLine(request), StringComparison.Ordinal);
        await leader.Open();
    }

    [Fact]
    public async Task A_body_that_ends_early_harms_nobody()
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync("127.0.0.1", node.Node.ClientOptions.BaseAddress.Port);
            var head = $"POST /api/partnerships HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {Tokens.Of(Role.Leader)}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"name\":";
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head));
        }

        await leader.Open();
    }

    [Theory]
    [InlineData("If-Match")]
    [InlineData("Idempotency-Key")]
    public async Task An_empty_header_is_malformed(string name)
    {
        var head = $"POST /api/partnerships HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {Tokens.Of(Role.Leader)}\r\nContent-Type: application/json\r\n{name}:\r\nContent-Length: 12\r\n\r\n";
        Assert.Equal("HTTP/1.1 400 Bad Request", await FirstLine(head + """{"name":"A"}"""));
    }

    [Fact]
    public async Task A_compressed_body_is_not_read()
    {
        var answer = await leader.Post("/api/partnerships", """{"name":"A"}""", ("Content-Encoding", "gzip"));
        await answer.MustBe("unsupported-media-type", 415);
    }

    private async Task<string?> FirstLine(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", node.Node.ClientOptions.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync();
    }

    /// <summary>A node that listens on a port of its own.</summary>
    public sealed class Listening(TestCluster cluster) : IAsyncLifetime
    {
        private readonly ServiceFactory service = new(cluster);

        internal WebApplicationFactory<Program> Node { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await service.InitializeAsync();
            Node = service.AnotherNode(builder => builder.UseSetting("urls", "http://127.0.0.1:0"));
            Node.UseKestrel(0);
            Node.StartServer();
        }

        public ValueTask DisposeAsync() => service.DisposeAsync();
    }
}
