using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Transparency.Tests;

/// <summary>JSON values of the ledger's subset, rich in characters that need care.</summary>
internal static class JsonGenerators
{
    private static readonly string[] Pieces =
        ["a", "b", "Z", "1", "~", "/", "\"", "\\", "\b", "\t", "\n", "\f", "\r", "\u0001", "\u001f", "\u007f", "\u0080", "é", "€", "\u2028", "\ufb33", "\uffff", "😀", "𐀀"];

    private static readonly Gen<string> Text = Gen.Elements(Pieces).ListOf().Select(string.Concat);

    private static readonly Gen<long> Integer = Gen.OneOf(
        Gen.Choose(-1000, 1000).Select(n => (long)n),
        Gen.Elements(CanonicalJson.MaxInteger, -CanonicalJson.MaxInteger, int.MaxValue + 1L));

    public static Arbitrary<JsonNode?> Values { get; } = Gen.Sized(size => Value(Math.Min(size, 20))).ToArbitrary();

    private static Gen<JsonNode?> Value(int size)
    {
        var leaf = Gen.OneOf(
            Text.Select(text => (JsonNode?)JsonValue.Create(text)),
            Integer.Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Constant<JsonNode?>(null));
        if (size == 0)
        {
            return leaf;
        }

        var inner = Value(size / 3);
        return Gen.OneOf(
            leaf,
            inner.ListOf().Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Zip(Text, inner).ListOf().Select(Members));
    }

    private static JsonNode? Members(IEnumerable<(string Name, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }
}
