namespace PartnerLedger.Api.Pages.Charts;

/// <summary>The share of the partnerships that began in a year, 0 to 1, with its limits; null where hidden, or where none began.</summary>
public sealed record YearPoint(int Year, double? Share, double? Low, double? High, bool IsHidden);
