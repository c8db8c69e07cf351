using System.Text.Json.Serialization;

namespace PartnerLedger.Api.Imports;

/// <summary>What is wrong with a line of an imported file.</summary>
/// <param name="File">Which file of several; left out where there is one.</param>
/// <param name="Line">Which line of it, from 1.</param>
/// <param name="Member">Where in the line: a JSON pointer, or the name of a column. Empty where it is about the whole line.</param>
/// <param name="Reason">What is wrong there.</param>
internal sealed record ImportFault(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File, long Line, string Member, string Reason);
