using System.Text;
using System.Text.Json.Nodes;

namespace PartnerLedger.Transparency.Tests;

/// <summary>RFC 8785 as one would write it with nothing but the RFC at hand; slow and plain.</summary>
internal static class NaiveCanonicalJson
{
    public static string Write(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject members => "{" + string.Join(',', members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => Quote(m.Key) + ":" + Write(m.Value))) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Write)) + "]",
        JsonValue leaf when leaf.TryGetValue(out string? text) => Quote(text),
        JsonValue leaf when leaf.TryGetValue(out bool flag) => flag ? "true" : "false",
        JsonValue leaf => leaf.GetValue<long>().ToString(),
        _ => throw new InvalidOperationException("Not a JSON value."),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
