using System.Security.Cryptography;
using System.Text;

namespace PartnerLedger.Transparency.Tests;

public sealed class SignedNoteTests
{
    private const string Name = "ledger.example/health";
    private static readonly byte[] Seed = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    // RFC 8032, section 7.1, tests 1 to 3.
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_signs_as_the_standard_says(string seed, string key, string message, string signature)
    {
        var text = Convert.FromHexString(message);
        Assert.Equal(key, Convert.ToHexStringLower(Ed25519.PublicKey(Convert.FromHexString(seed))));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(Convert.FromHexString(seed), text)));
        Assert.True(Ed25519.Verify(Convert.FromHexString(key), text, Convert.FromHexString(signature)));
        Assert.False(Ed25519.Verify(Convert.FromHexString(key), [.. text, 0], Convert.FromHexString(signature)));
    }

    // From the documentation of Go's golang.org/x/mod/sumdb/note.
    [Fact]
    public void A_note_that_another_implementation_signed_is_accepted()
    {
        var key = NoteVerifier.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")!;
        const string note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
            + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

        Assert.Equal("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", key.ToString());
        Assert.True(SignedNote.Parse(note)!.IsSignedBy(key));
        Assert.Equal(note, SignedNote.Parse(note)!.ToString());
        Assert.False(SignedNote.Parse(note.Replace("answer", "Answer", StringComparison.Ordinal))!.IsSignedBy(key));
    }

    [Fact]
    public void A_signed_tree_head_is_read_back()
    {
        var signer = NoteSigner.OfSeed(Name, Seed);
        var head = new TreeHead(Name, 8, MerkleTree.Empty);
        var note = SignedNote.Parse(SignedNote.Sign(head.ToText(), signer).ToString())!;

        Assert.True(note.IsSignedBy(NoteVerifier.Parse(signer.Verifier.ToString())!));
        Assert.Equal(head, TreeHead.Parse(note.Text));
        Assert.Equal("ledger.example/health\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", note.Text);
    }

    [Fact]
    public void A_note_is_not_signed_by_another_key_of_the_same_name()
    {
        var note = SignedNote.Sign("text\n", NoteSigner.OfSeed(Name, Seed));
        Assert.False(note.IsSignedBy(NoteSigner.Create(Name).Verifier));
    }

    [Fact]
    public void A_note_with_a_good_and_a_bad_signature_of_one_key_is_refused()
    {
        var signer = NoteSigner.OfSeed(Name, Seed);
        var good = SignedNote.Sign("text\n", signer);
        var bad = SignedNote.Sign("test\n", signer);
        Assert.False((good with { Signatures = [.. good.Signatures, .. bad.Signatures] }).IsSignedBy(signer.Verifier));
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_passed_over()
    {
        var signer = NoteSigner.OfSeed(Name, Seed);
        var other = SignedNote.Sign("text\n", NoteSigner.Create("witness.example"));
        var note = SignedNote.Sign("text\n", signer);
        Assert.True((note with { Signatures = [.. other.Signatures, .. note.Signatures] }).IsSignedBy(signer.Verifier));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name QUJDREVGRw==")]
    [InlineData("text\n\n- name QUJDREVGRw==\n")]
    [InlineData("text\n\n— na+me QUJDREVGRw==\n")]
    [InlineData("text\n\n— name QUJD\n")]
    [InlineData("text\n\n— name QUJDREVGRx==\n")]
    [InlineData("text\n\n— name QUJDREVGRw== \n")]
    [InlineData("te\txt\n\n— name QUJDREVGRw==\n")]
    public void What_is_no_note_is_refused(string text) => Assert.Null(SignedNote.Parse(text));

    [Theory]
    [InlineData("ledger.example\n08\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("ledger.example\n-8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("ledger.example\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF==\n")]
    [InlineData("ledger.example\n8\n")]
    [InlineData("\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("ledger.example\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void What_is_no_tree_head_is_refused(string text) => Assert.Null(TreeHead.Parse(text));

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T=")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void What_is_no_key_is_refused(string vkey) => Assert.Null(NoteVerifier.Parse(vkey));

    [Theory]
    [InlineData("no newline")]
    [InlineData("a\ttab\n")]
    public void What_no_note_may_hold_is_not_signed(string text) =>
        Assert.Throws<ArgumentException>(() => SignedNote.Sign(text, NoteSigner.OfSeed(Name, Seed)));

    [Fact]
    public void A_key_is_kept_as_pem()
    {
        var signer = NoteSigner.Create(Name);
        var kept = NoteSigner.FromPem(Name, signer.ToPem());
        Assert.Equal(signer.Verifier.ToString(), kept.Verifier.ToString());
        Assert.True(SignedNote.Sign("text\n", kept).IsSignedBy(signer.Verifier));
        Assert.Throws<CryptographicException>(() => NoteSigner.FromPem(Name, signer.Verifier.Pem));
        Assert.Throws<CryptographicException>(() => NoteSigner.FromPem(Name, "no key"));
    }

    [Fact]
    public void Where_there_is_no_Ed25519_a_key_on_P256_signs()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = NoteSigner.FromPem(Name, ecdsa.ExportPkcs8PrivateKeyPem());
        var note = SignedNote.Parse(SignedNote.Sign("text\n", signer).ToString())!;

        Assert.Equal(NoteAlgorithm.EcdsaP256, signer.Verifier.Algorithm);
        Assert.True(note.IsSignedBy(NoteVerifier.Parse(signer.Verifier.ToString())!));
        Assert.True(ecdsa.VerifyData(Encoding.UTF8.GetBytes("text\n"), note.Signatures[0].Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.False((note with { Text = "test\n" }).IsSignedBy(signer.Verifier));
    }
}
