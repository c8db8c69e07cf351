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

    /// <summary>The version that said what holds: the latest, unless texts were erased since.</summary>
    public long SaidWith { get; private init; }

    // Ids of the erasures that were repeated because a restored backup had lost them.
    private AppendList<Guid> Repeated { get; init; } = AppendList<Guid>.Empty;

    public static Framework Create(FrameworkDefined e) => Undefined.Apply(e);

    public static Framework Fold(Framework? state, IFrameworkEvent e) => (state ?? Undefined).Append(e);

    public Framework Apply(FrameworkDefined e) => Append(e);

    public Framework Apply(FrameworkRevised e) => Append(e);

    public Framework Apply(TextErased e) => Append(e);

    public Decision Define(FrameworkDefined framework) => Version > 0
        ? Rejection.Conflict(RejectionCodes.FrameworkExists, $"There is a framework {framework.Code} already: revise it instead.")
        : Decision.Accepted(framework);

    public Decision Revise(FrameworkRevised framework) => Version == 0
        ? Unknown(framework.Code)
        : Decision.Accepted(framework);

    /// <summary>Erases what was written in the notes of these versions; all else about them stays.</summary>
    public Decision EraseTexts(string code, IReadOnlyList<long> versions, FreeText ground) => Version == 0
        ? Unknown(code)
        : TextErased.Refuse(versions, Version) is { } rejection ? rejection : Decision.Accepted(new TextErased { Versions = versions, Ground = ground });

    /// <summary>Repeats an erasure that a restored backup has lost; once.</summary>
    public Decision EraseAgain(IReadOnlyList<long> versions, FreeText ground, EarlierErasure earlier) => Repeated.Contains(earlier.Id)
        ? TextErased.RepeatedAlready(earlier)
        : Decision.Accepted(new TextErased { Versions = versions, Ground = ground, Earlier = earlier });

    private static Rejection Unknown(string code) => Rejection.NotFound(RejectionCodes.FrameworkUnknown, $"There is no framework {code}.");

    // The latest word holds, whichever of the two events it is; an erasure is none.
    private Framework Append(IFrameworkEvent e) => e switch
    {
        FrameworkEvent said => this with
        {
            Version = Version + 1,
            SaidWith = Version + 1,
            Code = said.Code,
            Name = said.Name,
            Source = said.Source,
            Factors = said.Factors,
            Crosswalk = said.Crosswalk,
        },
        TextErased { Earlier: { } earlier } => this with { Version = Version + 1, Repeated = Repeated.Add(earlier.Id) },
        _ => this with { Version = Version + 1 },
    };
}
