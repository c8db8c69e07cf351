namespace PartnerLedger.Transparency;

/// <summary>One reason why a JSON text was refused: where it stands (a JSON pointer) and the rule it breaks.</summary>
public sealed record JsonFault(string Pointer, string Message);
