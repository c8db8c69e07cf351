using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace PartnerLedger.Transparency.Tests;

public sealed class CanonicalJsonTests
{
    private static readonly JsonSerializerOptions[] Spellings =
    [
        new(),
        new() { WriteIndented = true },
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
    ];

    [Fact]
    public void It_writes_what_an_independent_writer_writes_however_the_text_was_escaped_and_spaced() =>
        Prop.ForAll(JsonGenerators.Values, value => Spellings.All(spelling =>
            CanonicalJson.ToText(JsonSerializer.SerializeToUtf8Bytes(value, spelling)) == NaiveCanonicalJson.Write(value)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Canonical_text_is_its_own_canonical_form() =>
        Prop.ForAll(JsonGenerators.Values, value =>
        {
            var once = Encoding.UTF8.GetBytes(NaiveCanonicalJson.Write(value));
            return CanonicalJson.ToBytes(once).AsSpan().SequenceEqual(once);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_members_in_the_text_does_not_matter() =>
        Prop.ForAll(JsonGenerators.Values, value =>
        {
            var reversed = Reversed(value);
            return CanonicalJson.ToText(Element(reversed)) == CanonicalJson.ToText(Element(value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Members_are_ordered_as_the_rfc_orders_them()
    {
        var canonical = Canonical("""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """);

        using var document = JsonDocument.Parse(canonical);
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            document.RootElement.EnumerateObject().Select(member => member.Value.GetString()));
    }

    [Fact]
    public void Strings_and_literals_are_written_as_the_rfc_writes_them() =>
        Assert.Equal(
            """{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Canonical("""{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"""));

    [Theory]
    [InlineData("""{"b":1,"a":{"d":[],"c":{}}}""", """{"a":{"c":{},"d":[]},"b":1}""")]
    [InlineData("""{"aa":1,"a":2,"":3}""", """{"":3,"a":2,"aa":1}""")]
    [InlineData("""{"a!":1,"a":2}""", """{"a":2,"a!":1}""")]
    [InlineData("-0", "0")]
    [InlineData(" [ 9007199254740991 , -9007199254740991 ] ", "[9007199254740991,-9007199254740991]")]
    public void The_form_is_the_one_the_rfc_prescribes(string text, string canonical) => Assert.Equal(canonical, Canonical(text));

    [Fact]
    public void An_element_is_written_to_whatever_takes_bytes()
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(JsonDocument.Parse("""[{"b":2, "a":1}]""").RootElement, output);
        Assert.Equal("""[{"a":1,"b":2}]""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_refusal_names_the_place_and_the_rule()
    {
        var refused = Assert.Throws<CanonicalJsonException>(() => CanonicalJson.ToBytes("""{"a":[1,2.5]}"""u8));
        Assert.Equal("/a/1", refused.Fault.Pointer);
        Assert.Contains("whole", refused.Message, StringComparison.Ordinal);
    }

    private static string Canonical(string text) => CanonicalJson.ToText(Encoding.UTF8.GetBytes(text));

    private static JsonElement Element(JsonNode? value) => JsonSerializer.SerializeToElement(value);

    private static JsonNode? Reversed(JsonNode? value) => value switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(m => KeyValuePair.Create(m.Key, Reversed(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Reversed)]),
        _ => value?.DeepClone(),
    };
}
