namespace PartnerLedger.Transparency;

/// <summary>A value that has no canonical form in the ledger, with the first rule that it breaks.</summary>
public sealed class CanonicalJsonException(JsonFault fault)
    : Exception(fault.Pointer.Length == 0 ? fault.Message : $"{fault.Pointer}: {fault.Message}")
{
    public JsonFault Fault { get; } = fault;
}
