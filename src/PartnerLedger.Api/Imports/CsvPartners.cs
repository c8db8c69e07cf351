using System.Text;
using System.Text.Json;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Imports;

/// <summary>Several partners in one cell: sector|country|name, separated by semicolons; a backslash before one of these characters makes it a part of a name.</summary>
internal static class CsvPartners
{
    private const string Special = "\\;|";

    public static string Write(IEnumerable<Partner> partners) => string.Join(';', partners.Select(partner =>
        partner.Name is not null ? $"{partner.Sector.ToWord()}|{partner.Country}|{Escape(partner.Name)}"
        : partner.Country is not null ? $"{partner.Sector.ToWord()}|{partner.Country}"
        : partner.Sector.ToWord()));

    /// <summary>Writes the cell as the array that a request has; false where a partner has more than three parts.</summary>
    public static bool TryWrite(string cell, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var partner in Split(cell, ';'))
        {
            var parts = Split(partner, '|').Select(Unescape).ToArray();
            if (parts.Length > 3)
            {
                return false;
            }

            json.WriteStartObject();
            json.WriteString("sector", parts[0]);
            WritePart(1, "country");
            WritePart(2, "name");
            json.WriteEndObject();

            void WritePart(int place, string member)
            {
                if (parts.Length > place && parts[place].Length > 0)
                {
                    json.WriteString(member, parts[place]);
                }
            }
        }

        json.WriteEndArray();
        return true;
    }

    private static string Escape(string name) => string.Concat(name.Select(c => Special.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));

    private static IEnumerable<string> Split(string text, char separator)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                yield return text[start..i].Trim();
                start = i + 1;
            }
        }

        yield return text[start..].Trim();
    }

    private static string Unescape(string part)
    {
        var text = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            text.Append(part[i] == '\\' && i + 1 < part.Length ? part[++i] : part[i]);
        }

        return text.ToString();
    }
}
