using System.Collections.Immutable;

namespace PartnerLedger.Domain.Factors;

using Decision = Decision<ICatalogueEvent>;

/// <summary>The factors that can be noted, as the catalogue's events tell them.</summary>
public sealed record Catalogue
{
    /// <summary>The catalogue before its first event.</summary>
    public static readonly Catalogue Empty = new();

    private Catalogue()
    {
    }

    /// <summary>The number of events recorded.</summary>
    public long Version { get; private init; }

    /// <summary>The factors by code, in the order of their codes.</summary>
    public ImmutableSortedDictionary<string, Factor> Factors { get; private init; } =
        ImmutableSortedDictionary.Create<string, Factor>(StringComparer.Ordinal);

    public static Catalogue Create(FactorDefined e) => Empty.Apply(e);

    public static Catalogue Fold(Catalogue? state, ICatalogueEvent e) => (state ?? Empty).Append(e);

    public Catalogue Apply(FactorDefined e) => Append(e);

    public Catalogue Apply(FactorRevised e) => Append(e);

    public Decision Define(Factor factor) => Factors.ContainsKey(factor.Code)
        ? Rejection.Conflict(RejectionCodes.FactorExists, $"The factor {factor.Code} is in the catalogue already: revise it instead.")
        : Decision.Accepted(new FactorDefined
        {
            Code = factor.Code,
            Topic = factor.Topic,
            Polarity = factor.Polarity,
            Label = factor.Label,
            Definition = factor.Definition,
            Source = factor.Source,
            Mitigations = factor.Mitigations,
        });

    public Decision Revise(Factor factor) => !Factors.ContainsKey(factor.Code)
        ? Rejection.NotFound(RejectionCodes.FactorUnknown, $"There is no factor {factor.Code} in the catalogue.")
        : Decision.Accepted(new FactorRevised
        {
            Code = factor.Code,
            Topic = factor.Topic,
            Polarity = factor.Polarity,
            Label = factor.Label,
            Definition = factor.Definition,
            Source = factor.Source,
            Mitigations = factor.Mitigations,
        });

    // The latest word on a code holds, whichever of the two events it is.
    private Catalogue Append(ICatalogueEvent e) => this with
    {
        Version = Version + 1,
        Factors = e is not FactorEvent said ? Factors : Factors.SetItem(said.Code, new()
        {
            Code = said.Code,
            Topic = said.Topic,
            Polarity = said.Polarity,
            Label = said.Label,
            Definition = said.Definition,
            Source = said.Source,
            Mitigations = said.Mitigations,
        }),
    };
}
