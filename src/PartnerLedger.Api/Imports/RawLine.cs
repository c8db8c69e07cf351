namespace PartnerLedger.Api.Imports;

/// <summary>A line of an imported file, as it came.</summary>
/// <param name="File">Which file of several; null where there is one.</param>
/// <param name="Number">Which line of it, from 1.</param>
/// <param name="Json">The command that it is, or stands for.</param>
/// <param name="Faults">Why it is no command at all.</param>
internal sealed record RawLine(string? File, long Number, ReadOnlyMemory<byte> Json, IReadOnlyList<ImportFault>? Faults = null);
