using System.Text.Json;

namespace PartnerLedger.Api.Http;

/// <summary>What is wrong with a request: messages, each at its JSON pointer or under the name of a query parameter or header.</summary>
internal sealed class Errors
{
    private const int MostMessages = 1_000;
    private const int LongestMessage = 500;

    private readonly SortedDictionary<string, List<string>> messages = new(StringComparer.Ordinal);

    private int count;

    public bool Any => messages.Count > 0;

    public string Summary => string.Join(' ', messages.Take(3).Select(error => error.Key.Length == 0 ? error.Value[0] : $"{error.Key}: {error.Value[0]}"));

    /// <summary>Every message, with where it belongs.</summary>
    public IEnumerable<(string Pointer, string Message)> All => messages.SelectMany(error => error.Value, (error, message) => (error.Key, message));

    /// <summary>Adds what is wrong; of more than a reader could use, only how much more there is. What the request said is not repeated at length.</summary>
    public Errors Add(string pointer, string message)
    {
        if (++count > MostMessages)
        {
            return this;
        }

        (pointer, message) = (Clip(pointer), Clip(message));
        if (!messages.TryGetValue(pointer, out var there))
        {
            messages.Add(pointer, there = []);
        }

        there.Add(message);
        return this;
    }

    private static string Clip(string text) => text.Length <= LongestMessage
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage), "…");

    /// <summary>A text of 1 to <paramref name="longest"/> characters that is not blank.</summary>
    public void Require(string pointer, string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(pointer, text is null ? "Is required." : "Must not be blank.");
        }
        else
        {
            Limit(pointer, text, longest);
        }
    }

    /// <summary>A name of 1 to <paramref name="longest"/> characters, all of which can be seen.</summary>
    public void RequireName(string pointer, string? name, int longest)
    {
        Require(pointer, name, longest);
        if (name?.Any(char.IsControl) == true)
        {
            Add(pointer, "Must have no control characters.");
        }
    }

    /// <summary>A text that may be left out, of up to <paramref name="longest"/> characters (Unicode scalar values).</summary>
    public void Limit(string pointer, string? text, int longest)
    {
        if (text is not null && text.Length > longest && text.EnumerateRunes().Count() > longest)
        {
            Add(pointer, $"Must have at most {longest} characters.");
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        if (count > MostMessages)
        {
            json.WriteNumber("furtherErrors", count - MostMessages);
        }

        json.WriteStartObject("errors");
        foreach (var (pointer, there) in messages)
        {
            json.WriteStartArray(pointer);
            there.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
