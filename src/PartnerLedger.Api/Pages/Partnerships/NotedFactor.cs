namespace PartnerLedger.Api.Pages.Partnerships;

/// <summary>A factor noted of a partnership.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">Its name, as the catalogue has it now.</param>
/// <param name="Polarity">Negative or success, as when it was noted.</param>
/// <param name="Topic">What it is about, as when it was noted.</param>
/// <param name="Times">How often it was noted.</param>
/// <param name="First">When it occurred first, as far as it is known.</param>
/// <param name="Mitigations">What is known to help.</param>
public sealed record NotedFactor(string Code, string Label, string Polarity, string Topic, long Times, string First, IReadOnlyList<string> Mitigations);
