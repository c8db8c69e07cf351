namespace PartnerLedger.Statistics;

/// <summary>An estimate with its 95 % limits.</summary>
public sealed record Estimate(double Value, double Low, double High);
