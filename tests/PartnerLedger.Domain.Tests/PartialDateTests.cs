using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Domain.Json;

namespace PartnerLedger.Domain.Tests;

public sealed class PartialDateTests
{
    [Theory]
    [InlineData("2024", "2024-01-01", "2024-12-31", "2024-07-01")]
    [InlineData("2024-03", "2024-03-01", "2024-03-31", "2024-03-16")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29", "2024-02-16")]
    [InlineData("2023-02", "2023-02-01", "2023-02-28", "2023-02-16")]
    [InlineData("1900-02", "1900-02-01", "1900-02-28", "1900-02-16")]
    [InlineData("2000-02", "2000-02-01", "2000-02-29", "2000-02-16")]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29")]
    [InlineData("1000", "1000-01-01", "1000-12-31", "1000-07-01")]
    [InlineData("9999-12-31", "9999-12-31", "9999-12-31", "9999-12-31")]
    public void A_date_has_bounds_and_a_day_that_stands_for_it(string text, string first, string last, string day)
    {
        Assert.True(PartialDate.TryParse(text, out var date));
        Assert.Equal(DateOnly.Parse(first), date.First);
        Assert.Equal(DateOnly.Parse(last), date.Last);
        Assert.Equal(DateOnly.Parse(day), date.Day);
        Assert.Equal(text, date.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("0999")]
    [InlineData("02024")]
    [InlineData("+202")]
    [InlineData("2024-")]
    [InlineData("2024-3")]
    [InlineData("2024-00")]
    [InlineData("2024-13")]
    [InlineData("2024/03")]
    [InlineData("2024-03-")]
    [InlineData("2024-03-0")]
    [InlineData("2024-03-00")]
    [InlineData("2024-04-31")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2024-03 15")]
    [InlineData("2024-13-15")]
    [InlineData("2024-03-15T00:00:00Z")]
    [InlineData(" 2024")]
    [InlineData("2024 ")]
    [InlineData("２０２４")]
    [InlineData("2024-٠٣")]
    public void Anything_else_is_no_date(string? text)
    {
        Assert.False(PartialDate.TryParse(text, out _));
        Assert.Throws<FormatException>(() => PartialDate.Parse(text!));
    }

    [Fact]
    public void Every_day_comes_back_as_it_was_written() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Choose(new DateOnly(1000, 1, 1).DayNumber, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary(),
            day =>
            {
                var texts = new[] { $"{day:yyyy-MM-dd}", $"{day:yyyy-MM}", $"{day:yyyy}" };
                return texts.All(text => PartialDate.Parse(text) is var date
                        && date.ToString() == text && date.First <= date.Day && date.Day <= date.Last && date.First <= day && day <= date.Last)
                    && PartialDate.Of(day).Day == day;
            }));

    [Fact]
    public void The_year_must_have_four_digits() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialDate.Of(new DateOnly(999, 12, 31)));

    [Fact]
    public void In_JSON_it_is_the_string_that_was_given()
    {
        Assert.Equal("\"2024-03\"", JsonSerializer.Serialize(PartialDate.Parse("2024-03"), DomainJson.Options));
        Assert.Equal(PartialDate.Parse("2024-03"), JsonSerializer.Deserialize<PartialDate>("\"2024-03\"", DomainJson.Options));
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("\"2024-3\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Other_JSON_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PartialDate>(json, DomainJson.Options));
}
