namespace PartnerLedger.Statistics;

internal static class StandardNormal
{
    /// <summary>The 97.5 % point.</summary>
    public const double Z975 = 1.959963984540054;
}
