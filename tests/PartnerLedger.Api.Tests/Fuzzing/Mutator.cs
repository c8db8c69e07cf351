using System.Text;

namespace PartnerLedger.Api.Tests.Fuzzing;

/// <summary>Spoils good JSON in ways that clients do, and in ways that only enemies do.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "1e2", "9007199254740991", "9007199254740993", "99999999999999999999", "1e400000", "-0", "NaN", "01", "\"\"", "\" \"",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u202e\\u200b\\ufeff\\uffff\"", "\"2024\"", "\"2024-13\"", "\"9999-12-31\"", "\"0000\"",
        "\"proposed\"", "\"industry\"", "\"eu-plus\"", "\"N-TRUST\"", "\"NL\"", "\"'; drop table mt_events; --\"", "\"%00\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"sha256\":\"x\"}",
        "{\"$type\":\"x\"}", "\"\\/\\b\\f\"", "\"\t\"", "[\"N-TRUST\",\"N-TRUST\"]", "[\"africa\",\"eu-plus\"]", "[{\"sector\":\"industry\"}]", "\"" + "", "",
    ];

    private static readonly string[] Members =
    [
        "name", "stage", "partners", "sectorsComplete", "regions", "purpose", "informant", "informantRegion", "occurredOn", "reason", "factor", "factors", "note", "sector", "country",
        "partner", "version", "withdrawn", "replacement", "code", "topic", "polarity", "label", "definition", "source", "mitigations", "Name", "__proto__", "", "~/", "\\ud800",
    ];

    public byte[] Spoil(string good)
    {
        var text = good;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            text = Change(text);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(8) == 0 ? Break(bytes) : bytes;
    }

    public string Word(int longest) => string.Create(random.Next(longest), random, (word, dice) =>
    {
        for (var i = 0; i < word.Length; i++)
        {
            word[i] = dice.Next(4) == 0 ? (char)dice.Next(0x20, 0xD7FF) : (char)dice.Next(0x21, 0x7F);
        }
    });

    private string Change(string text)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(10) switch
        {
            0 => text[..at],
            1 => text.Insert(at, Pick(Values)),
            2 => text.Insert(at, new string('[', random.Next(1, 3_000))),
            3 => text.Replace("}", $",\"{Pick(Members)}\":{Pick(Values)}}}", StringComparison.Ordinal),
            4 => text.Replace("{", $"{{\"{Pick(Members)}\":{Pick(Values)},", StringComparison.Ordinal),
            5 => text.Insert(at, new string((char)random.Next(0x20, 0x3000), random.Next(1, 10_000))),
            6 when at < text.Length => text.Remove(at, random.Next(1, text.Length - at + 1)),
            _ => ReplaceValue(text),
        };
    }

    /// <summary>Puts another value after one of the colons; what it replaces ends at the next comma or bracket.</summary>
    private string ReplaceValue(string text)
    {
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':').ToArray();
        if (colons.Length == 0)
        {
            return Pick(Values);
        }

        var from = colons[random.Next(colons.Length)] + 1;
        var to = text.AsSpan(from).IndexOfAny(",}]");
        return string.Concat(text.AsSpan(0, from), Pick(Values), to < 0 ? "" : text.AsSpan(from + to));
    }

    private byte[] Break(byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private string Pick(string[] of) => of[random.Next(of.Length)];
}
