namespace PartnerLedger.Statistics;

/// <summary>The conditional maximum likelihood odds ratio with exact 95 % limits; what has no end is null: the estimate and the upper limit of a table at its upper edge.</summary>
public sealed record ExactOddsRatio(double? Value, double Low, double? High);
