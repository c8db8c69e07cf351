using PartnerLedger.Api.Factors;
using PartnerLedger.Domain.Factors;

namespace PartnerLedger.Api.Pages.Catalogue;

/// <summary>A factor as a list names it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="IsNegative">Whether it speaks against partnerships.</param>
/// <param name="Label">Its name.</param>
/// <param name="IsSynthesis">Whether it is of the starter catalogue.</param>
public sealed record NamedFactor(string Code, string Topic, bool IsNegative, string Label, bool IsSynthesis)
{
    internal static NamedFactor Of(FactorView factor) =>
        new(factor.Code, factor.Topic, factor.Polarity == Polarity.Negative, factor.Label, factor.Source == StarterCatalogue.Source);
}
