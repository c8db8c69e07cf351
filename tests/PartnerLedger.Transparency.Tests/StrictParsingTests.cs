using System.Text;

namespace PartnerLedger.Transparency.Tests;

public sealed class StrictParsingTests
{
    [Theory]
    [InlineData("""{"a":{"b":[true,1.5]}}""", "/a/b/1", "whole")]
    [InlineData("""{"a":1e5}""", "/a", "whole")]
    [InlineData("""1e400000""", "", "whole")]
    [InlineData("""[9007199254740992]""", "/0", "9007199254740991")]
    [InlineData("""[-9007199254740992]""", "/0", "9007199254740991")]
    [InlineData("""[123456789012345678901234567890]""", "/0", "9007199254740991")]
    [InlineData("""{"a/b":{"~":"\u0000"}}""", "/a~1b/~0", "U+0000")]
    [InlineData("""{"a":"\ud800"}""", "/a", "surrogate")]
    [InlineData("""{"a":"\udc00\ud800"}""", "/a", "surrogate")]
    [InlineData("""{"x":{"\ud800":1}}""", "/x", "surrogate")]
    [InlineData("""{"x":{"\u0000":1}}""", "/x", "U+0000")]
    [InlineData("""{"x":{"a":1,"b":2,"a":3}}""", "/x/a", "more than once")]
    [InlineData("""{"x":[{"a":1,"\u0061":3}]}""", "/x/0/a", "more than once")]
    [InlineData("""{"😀":1,"\ud83d\ude00":3}""", "/😀", "more than once")]
    [InlineData("""{"a":1,}""", "/a", "not JSON")]
    [InlineData("""{"a":1} x""", "", "not JSON")]
    [InlineData("""{"a":1}{"a":1}""", "", "not JSON")]
    [InlineData("""// no comments""", "", "not JSON")]
    [InlineData("""{"a":01}""", "/a", "not JSON")]
    [InlineData("""{"a":NaN}""", "/a", "not JSON")]
    [InlineData("""{"a":"x""", "/a", "not JSON")]
    [InlineData("", "", "not JSON")]
    [InlineData("{\"a\":\"\0\"}", "/a", "not JSON")]
    [InlineData("\uFEFF{}", "", "not JSON")]
    public void What_the_ledger_cannot_keep_is_refused_where_it_stands(string text, string pointer, string rule)
    {
        var parsed = CanonicalJson.Parse(Encoding.UTF8.GetBytes(text));

        var fault = Assert.Single(parsed.Faults);
        Assert.False(parsed.IsValid);
        Assert.Equal(pointer, fault.Pointer);
        Assert.Contains(rule, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xC0, 0x80, 0x22 })]
    public void Bytes_that_are_not_utf8_are_refused(byte[] bytes) =>
        Assert.Contains("UTF-8", Assert.Single(CanonicalJson.Parse(bytes).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void Thirty_two_levels_are_deep_enough()
    {
        Assert.True(CanonicalJson.Parse(Nested(32)).IsValid);

        var fault = Assert.Single(CanonicalJson.Parse(Nested(33)).Faults);
        Assert.Equal(string.Concat(Enumerable.Repeat("/0", 32)), fault.Pointer);
        Assert.Single(CanonicalJson.Parse(Nested(100_000)).Faults);
    }

    [Fact]
    public void Every_fault_is_told_at_once_but_no_more_than_help()
    {
        Assert.Equal(["/0", "/2/a"], CanonicalJson.Parse("""[1.5,2,{"a":"\u0000"}]"""u8).Faults.Select(fault => fault.Pointer));
        Assert.Equal(50, CanonicalJson.Parse(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("1.5", 1000))}]")).Faults.Count);
    }

    [Fact]
    public void A_refused_text_leaves_nothing_behind_for_the_next()
    {
        Assert.False(CanonicalJson.Parse("""{"b":{"a":[1,"""u8).IsValid);
        Assert.Equal("""{"a":1,"b":2}""", Encoding.UTF8.GetString(CanonicalJson.Parse("""{"b":2,"a":1}"""u8).Utf8.Span));
    }

    private static byte[] Nested(int levels) => Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));
}
