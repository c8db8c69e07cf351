using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests;

public sealed class OptionalTests
{
    [Fact]
    public void Left_out_null_and_a_value_are_three_things()
    {
        Optional<string> absent = default;
        Assert.Equal((false, false, false), (absent.IsNamed, absent.IsNull, absent.HasValue));
        Assert.Equal((true, true, false), (Optional<string>.Null.IsNamed, Optional<string>.Null.IsNull, Optional<string>.Null.HasValue));
        Optional<string> value = "x";
        Assert.Equal((true, false, true, "x"), (value.IsNamed, value.IsNull, value.HasValue, value.Value));
        Assert.Throws<InvalidOperationException>(() => absent.Value);
        Assert.Throws<InvalidOperationException>(() => Optional<string>.Null.Value);
        Assert.NotEqual(absent, Optional<string>.Null);
    }

    [Fact]
    public void A_member_left_out_keeps_what_stood_and_null_clears_only_what_may_be_cleared()
    {
        Assert.Equal(("a", "a", "b"), (default(Optional<string>).Or("a"), Optional<string>.Null.Or("a"), Optional<string>.Of("b").Or("a")));
        Assert.Equal(
            ("a", null, "b"),
            (default(Optional<string>).OrClear("a"), Optional<string>.Null.OrClear("a"), Optional<string>.Of("b").OrClear("a")));
        Assert.Equal((1, null, 2), (default(Optional<int>).OrClear(1), Optional<int>.Null.OrClear(1), Optional<int>.Of(2).OrClear(1)));
    }

    [Fact]
    public void A_false_value_is_not_a_member_left_out()
    {
        var replacement = new Replacement { SectorsComplete = false };

        Assert.Equal([("sectorsComplete", false)], replacement.Named());
        Assert.EndsWith(
            "\"replacement\":{\"sectorsComplete\":false}}",
            EventVocabulary.Partnership.Write(Partnerships.Some.Corrected(1, replacement)),
            StringComparison.Ordinal);
    }
}
