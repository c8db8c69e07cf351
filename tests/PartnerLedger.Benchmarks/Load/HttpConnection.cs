using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>An answer, valid until the connection's next request.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Bytes">Head and body as they came.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Bytes)
{
    public bool IsAccepted => Status is >= 200 and < 300;

    /// <summary>The number that follows a text such as <c>"position":</c>.</summary>
    public long NumberAfter(ReadOnlySpan<byte> text)
    {
        var at = Bytes.Span.IndexOf(text);
        return at >= 0 && Utf8Parser.TryParse(Bytes.Span[(at + text.Length)..], out long number, out _)
            ? number
            : throw new InvalidDataException("The answer lacks a number that it must have.");
    }
}

/// <summary>A connection that is kept alive and costs next to nothing: requests come rendered, of an answer only the frame is read.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] received = new byte[64 * 1024];

    public static async Task<HttpConnection> Open(IPEndPoint address)
    {
        var connection = new HttpConnection();
        await connection.socket.ConnectAsync(address);
        return connection;
    }

    /// <summary>Sends a request, and reads its answer to the end.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HttpAnswer> Send(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var length = 0;
        do
        {
            var more = await socket.ReceiveAsync(received.AsMemory(length));
            if (more == 0)
            {
                throw new InvalidDataException("The connection was closed, or an answer is longer than a benchmark expects.");
            }

            length += more;
        }
        while (!IsWhole(received.AsSpan(0, length)));

        return Utf8Parser.TryParse(received.AsSpan("HTTP/1.1 ".Length, 3), out int status, out _)
            ? new HttpAnswer(status, received.AsMemory(0, length))
            : throw new InvalidDataException("The answer is no HTTP/1.1.");
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var stated = answer[..head].IndexOf("Content-Length: "u8);
        return stated < 0
            // No line break stands inside the JSON of a chunk.
            ? answer.EndsWith("\r\n0\r\n\r\n"u8)
            : Utf8Parser.TryParse(answer[(stated + "Content-Length: ".Length)..], out int length, out _) && answer.Length >= head + 4 + length;
    }
}
