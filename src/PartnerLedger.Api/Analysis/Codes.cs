using System.Text;

namespace PartnerLedger.Api.Analysis;

/// <summary>A set of codes as an array literal of PostgreSQL, which is equal where the sets are.</summary>
internal static class Codes
{
    public const string None = "{}";

    public static string Literal(IEnumerable<string?> codes)
    {
        string? only = null;
        List<string>? more = null;
        foreach (var code in codes)
        {
            // A foreign stream's list may hold anything.
            if (code is null || code == only)
            {
                continue;
            }

            if (only is null)
            {
                only = code;
            }
            else if (more?.Contains(code, StringComparer.Ordinal) != true)
            {
                (more ??= []).Add(code);
            }
        }

        return only is null ? None : more is null ? Quote(only) : Quote([only, .. more]);
    }

    private static string Quote(params List<string> codes)
    {
        codes.Sort(StringComparer.Ordinal);
        var literal = new StringBuilder("{");
        foreach (var code in codes)
        {
            literal.Append(literal.Length > 1 ? ",\"" : "\"");
            literal.Append(code.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
            literal.Append('"');
        }

        return literal.Append('}').ToString();
    }
}
