using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>The request that notes a factor, rendered once; each use writes another partnership, key and factor into it.</summary>
internal sealed class NoteRequest
{
    private const string KeyDigits = "0000000000000000";

    // All of one length, so that they fit the same place.
    private static readonly byte[][] Factors = [.. new[] { "N-TRUST", "S-TRUST", "N-POWER", "S-POWER", "N-REGUL", "S-REGUL" }.Select(Encoding.ASCII.GetBytes)];

    private readonly byte[] bytes;
    private readonly int idAt;
    private readonly int keyAt;
    private readonly int factorAt;
    private long sent;

    public NoteRequest(string token, long? ifMatch = null)
    {
        const string body = """{"factor":"N-TRUST","occurredOn":"2024-03"}""";
        var run = RandomNumberGenerator.GetHexString(16);
        var match = ifMatch is { } version ? $"If-Match: \"{version}\"\r\n" : "";
        var text = $"POST /api/partnerships/{Guid.Empty}/factors HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n{match}Idempotency-Key: {run}{KeyDigits}\r\n\r\n{body}";
        bytes = Encoding.ASCII.GetBytes(text);
        idAt = text.IndexOf(Guid.Empty.ToString(), StringComparison.Ordinal);
        keyAt = text.IndexOf(run, StringComparison.Ordinal) + run.Length;
        factorAt = text.LastIndexOf("N-TRUST", StringComparison.Ordinal);
    }

    /// <summary>The request for a partnership, under a key that was not used before; valid until the next one.</summary>
    public ReadOnlyMemory<byte> For(Guid partnership)
    {
        Utf8Formatter.TryFormat(partnership, bytes.AsSpan(idAt), out _);
        (++sent).TryFormat(bytes.AsSpan(keyAt, KeyDigits.Length), out _, "D16", CultureInfo.InvariantCulture);
        Random.Shared.GetItems(Factors, 1)[0].CopyTo(bytes.AsSpan(factorAt));
        return bytes;
    }
}
