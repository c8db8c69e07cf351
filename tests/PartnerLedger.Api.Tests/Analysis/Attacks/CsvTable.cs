using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>An answer as CSV, held against the same answer as JSON.</summary>
internal static class CsvTable
{
    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture);

    /// <summary>The CSV tells in each row what the JSON does, and hides the same.</summary>
    public static void OfTheSame(Asked asked, JsonElement json, string csv)
    {
        using var reader = new CsvReader(new StringReader(csv), Rfc4180);
        reader.Read();
        reader.ReadHeader();
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read())
        {
            // A text that begins like a formula is preceded by an apostrophe.
            rows.Add(reader.HeaderRecord!.ToDictionary(name => name, name => reader.GetField(name)!.TrimStart('\'')));
        }

        var told = asked.Route == "summary" ? Summary(json).ToList() : asked.Route == "incidence" ? Curves(json).ToList() : [.. json.GetProperty("rows").EnumerateArray().SelectMany(Lines)];
        Assert.Equal(told.Count, rows.Count);
        foreach (var (row, line) in rows.Zip(told))
        {
            Assert.All(row, field => Assert.Equal(line.GetValueOrDefault(field.Key, ""), field.Value));
        }
    }

    private static IEnumerable<Dictionary<string, string>> Summary(JsonElement json)
    {
        foreach (var member in json.EnumerateObject().Where(member => member.Name != "regionOf"))
        {
            foreach (var (word, count) in member.Value.ValueKind == JsonValueKind.Object
                ? member.Value.EnumerateObject().Select(one => (one.Name, one.Value))
                : [("", member.Value)])
            {
                yield return new()
                {
                    ["measure"] = word.Length == 0 ? member.Name : $"partnerships{char.ToUpperInvariant(member.Name[0])}{member.Name[1..]}",
                    ["of"] = word,
                    ["count"] = Text(count),
                    ["suppressed"] = count.ValueKind == JsonValueKind.Null ? "true" : "false",
                };
            }
        }
    }

    // Each curve ends with the line of the horizon.
    private static IEnumerable<Dictionary<string, string>> Curves(JsonElement json)
    {
        foreach (var (curve, noted) in json.TryGetProperty("groups", out var groups)
            ? groups.EnumerateArray().Select(group => (group, Text(group.GetProperty("noted")))).Prepend((json, ""))
            : [(json, "")])
        {
            foreach (var point in curve.GetProperty("curve").EnumerateArray().Append(curve).Where(point => !point.TryGetProperty("day", out var day) || day.GetInt32() < json.GetProperty("horizon").GetInt32()))
            {
                var line = Lines(point).Single();
                line.TryAdd("day", Text(json.GetProperty("horizon")));
                line.TryAdd("suppressed", "false");
                (line["noted"], line["partnerships"]) = (noted, Text(curve.GetProperty("partnerships")));
                yield return line;
            }
        }
    }

    // A row is a line, or one for each of its years. A member within a member is named after both, but for an estimate's value.
    private static IEnumerable<Dictionary<string, string>> Lines(JsonElement row)
    {
        var line = new Dictionary<string, string>();
        foreach (var member in row.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Array))
        {
            if (member.Value.ValueKind != JsonValueKind.Object || member.Name == "logRank")
            {
                line[member.Name] = Text(member.Value);
                continue;
            }

            foreach (var inner in member.Value.EnumerateObject())
            {
                line[inner.Name == "value" ? member.Name : $"{member.Name}{char.ToUpperInvariant(inner.Name[0])}{inner.Name[1..]}"] = Text(inner.Value);
            }
        }

        foreach (var (name, list) in row.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array).Select(member => (member.Name, member.Value)))
        {
            line[name] = string.Join(' ', list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString() : one.TryGetProperty("factor", out var code) ? code.GetString() : ""));
        }

        return row.TryGetProperty("years", out var years) && years.ValueKind == JsonValueKind.Array
            ? years.EnumerateArray().Select(year => year.EnumerateObject().Aggregate(new Dictionary<string, string>(line), (all, one) =>
            {
                all[one.Name] = Text(one.Value);
                return all;
            }))
            : [line];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
