namespace PartnerLedger.Transparency;

/// <summary>How a note is signed; the values are those of C2SP signed-note.</summary>
public enum NoteAlgorithm : byte
{
    /// <summary>Ed25519 (RFC 8032).</summary>
    Ed25519 = 1,

    /// <summary>ECDSA on P-256 with SHA-256, where there is no Ed25519.</summary>
    EcdsaP256 = 2,
}
