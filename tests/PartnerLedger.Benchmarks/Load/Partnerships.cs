using System.Buffers.Text;
using System.Text;
using PartnerLedger.Benchmarks.Harness;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>The partnerships that a benchmark works on.</summary>
internal static class Partnerships
{
    private const int Connections = 32;

    /// <summary>Opens that many partnerships, and tells their ids.</summary>
    public static async Task<Guid[]> Open(Service service, int count)
    {
        var ids = new Guid[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var connection = await HttpConnection.Open(service.Address);
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var answer = await connection.Send(Request(service.Token, i));
                ids[i] = answer.IsAccepted ? Id(answer) : throw new InvalidOperationException($"A partnership was not opened: {Encoding.UTF8.GetString(answer.Bytes.Span)}");
            }
        }));
        return ids;
    }

    private static byte[] Request(string token, int number)
    {
        var body = $$"""{"name":"Partnership {{number}}","partners":[{"sector":"nonprofit"},{"sector":"government"}],"regions":["eu-plus"],"occurredOn":"2024"}""";
        return Encoding.ASCII.GetBytes(
            $"POST /api/partnerships HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static Guid Id(HttpAnswer answer)
    {
        var member = "\"id\":\""u8;
        var at = answer.Bytes.Span.IndexOf(member);
        return Utf8Parser.TryParse(answer.Bytes.Span[(at + member.Length)..], out Guid id, out _) ? id : throw new InvalidDataException("The answer has no id.");
    }
}
