using System.Text;

namespace PartnerLedger.Domain.Tests;

public sealed class FreeTextTests
{
    [Fact]
    public void The_commitment_is_the_SHA_256_of_salt_and_text()
    {
        // The 448-bit example of FIPS 180, cut after its first 32 bytes.
        var commitment = FreeText.Commit("abcdbcdecdefdefgefghfghighijhijk"u8, "ijkljklmklmnlmnomnopnopq");

        Assert.Equal("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", commitment.Sha256);
    }

    [Fact]
    public void The_text_counts_as_UTF_8()
    {
        var salt = new byte[32];

        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. salt, 0xC3, 0xA9]));
        Assert.Equal(expected, FreeText.Commit(salt, "é").Sha256);
    }

    [Fact]
    public void Another_salt_hides_the_same_text_behind_another_commitment() =>
        Assert.NotEqual(FreeText.Commit(new byte[32], "x"), FreeText.Commit(Encoding.ASCII.GetBytes(new string('s', 32)), "x"));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_salt_has_32_bytes(int length) => Assert.Throws<ArgumentException>(() => FreeText.Commit(new byte[length], "x"));

    [Fact]
    public void A_lone_surrogate_is_no_text() => Assert.ThrowsAny<ArgumentException>(() => FreeText.Commit(new byte[32], "\ud800"));
}
