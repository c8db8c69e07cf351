namespace PartnerLedger.Domain.Frameworks;

using Decision = Decision<IFrameworkEvent>;

/// <summary>A named set of factors by which partnerships are judged, as its events tell it.</summary>
public sealed record Framework
{
    /// <summary>A framework before its first event.</summary>
    public static readonly Framework Undefined = new();

    private Framework()
    {
    }

    /// <summary>The number of events recorded.</summary>
    public long Version { get; private init; }

    public string Code { get; private init; } = "";

    public string Name { get; private init; } = "";

    /// <summary>Where it was taken from: a reference, or experience.</summary>
    public string Source { get; private init; } = "";

    /// <summary>In the framework's own order.</summary>
    public IReadOnlyList<FrameworkFactor> Factors { get; private init; } = [];

    public IReadOnlyList<CrosswalkTerm> Crosswalk { get; private init; } = [];

    public static Framework Create(FrameworkDefined e) => Undefined.Apply(e);

    public static Framework Fold(Framework? state, IFrameworkEvent e) => (state ?? Undefined).Append(e);

    public Framework Apply(FrameworkDefined e) => Append(e);

    public Framework Apply(FrameworkRevised e) => Append(e);

    public Decision Define(FrameworkDefined framework) => Version > 0
        ? Rejection.Conflict(RejectionCodes.FrameworkExists, $"There is a framework {framework.Code} already: revise it instead.")
        : Decision.Accepted(framework);

    public Decision Revise(FrameworkRevised framework) => Version == 0
        ? Rejection.NotFound(RejectionCodes.FrameworkUnknown, $"There is no framework {framework.Code}.")
        : Decision.Accepted(framework);

    // The latest word holds, whichever of the two events it is.
    private Framework Append(IFrameworkEvent e) => e is not FrameworkEvent said ? this with { Version = Version + 1 } : new()
    {
        Version = Version + 1,
        Code = said.Code,
        Name = said.Name,
        Source = said.Source,
        Factors = said.Factors,
        Crosswalk = said.Crosswalk,
    };
}
