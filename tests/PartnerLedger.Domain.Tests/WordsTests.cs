using System.Text.Json;
using PartnerLedger.Domain.Json;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Tests;

public sealed class WordsTests
{
    [Fact]
    public void Enumerations_are_lower_case_words_in_their_order()
    {
        Assert.Equal(["unexplored", "proposed", "undeveloped", "active", "struggling", "failed", "successful", "ended"], Words.All<PartnershipState>());
        Assert.Equal(["nonprofit", "industry", "government"], Words.All<Sector>());
    }

    [Theory]
    [InlineData("\"Industry\"")]
    [InlineData("\"nonprofit, industry\"")]
    [InlineData("\"1\"")]
    [InlineData("1")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void Nothing_but_the_word_itself_is_read(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Sector>(json, DomainJson.Options));

    [Fact]
    public void A_word_is_read_back()
    {
        Assert.True(Words.TryParse<Sector>("government", out var sector));
        Assert.Equal(Sector.Government, sector);
        Assert.False(Words.TryParse<Sector>(null, out _));
    }
}
