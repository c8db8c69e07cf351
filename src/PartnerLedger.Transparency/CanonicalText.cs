namespace PartnerLedger.Transparency;

/// <summary>What became of a JSON text: its canonical form, or the faults for which it was refused.</summary>
public sealed record CanonicalText(ReadOnlyMemory<byte> Utf8, IReadOnlyList<JsonFault> Faults)
{
    public bool IsValid => Faults.Count == 0;
}
