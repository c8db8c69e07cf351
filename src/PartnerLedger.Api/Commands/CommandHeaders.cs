using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Commands;

/// <summary>What the headers of a command ask: which version it was decided on, and under which key to remember it.</summary>
internal sealed record CommandHeaders(IfMatch? IfMatch, string? Key)
{
    public const int LongestKey = 255;

    /// <summary>Reads If-Match and Idempotency-Key; what is malformed goes to the errors, under the header's name.</summary>
    public static CommandHeaders Read(IHeaderDictionary headers, Errors errors)
    {
        IfMatch? match = null;
        if (headers.IfMatch.Count > 0 && !IfMatch.TryParse(headers.IfMatch, out match))
        {
            errors.Add("If-Match", "Must be * or entity tags such as \"3\".");
        }

        string? key = null;
        if (headers.TryGetValue("Idempotency-Key", out var given))
        {
            key = given.ToString();
            if (given.Count > 1 || key.Length is 0 or > LongestKey || !key.All(c => c is > ' ' and <= '~'))
            {
                errors.Add("Idempotency-Key", $"Must have 1 to {LongestKey} visible ASCII characters.");
            }
        }

        return new(match, key);
    }
}
