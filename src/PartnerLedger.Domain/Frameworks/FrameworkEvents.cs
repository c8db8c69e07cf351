namespace PartnerLedger.Domain.Frameworks;

/// <summary>Anything recorded about a framework.</summary>
public interface IFrameworkEvent;

/// <summary>A factor of the catalogue that a framework takes up.</summary>
public sealed record FrameworkFactor
{
    /// <summary>Its code in the catalogue.</summary>
    public required string Factor { get; init; }

    /// <summary>How much it counts beside the framework's other factors, 1 to 1,000; left out where the framework does not weigh it.</summary>
    public int? Weight { get; init; }

    public FreeText? Note { get; init; }
}

/// <summary>What a framework's own term stands for; one that stands for several factors has several of these.</summary>
public sealed record CrosswalkTerm
{
    public required string Term { get; init; }

    /// <summary>A code of the catalogue that is among the framework's factors.</summary>
    public required string Factor { get; init; }
}

/// <summary>What a framework says, all of it.</summary>
public abstract record FrameworkEvent : IFrameworkEvent
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Where it was taken from: a reference, or experience.</summary>
    public required string Source { get; init; }

    public required IReadOnlyList<FrameworkFactor> Factors { get; init; }

    public required IReadOnlyList<CrosswalkTerm> Crosswalk { get; init; }
}

/// <summary>A set of factors was named.</summary>
public sealed record FrameworkDefined : FrameworkEvent;

/// <summary>The framework says something else from now on.</summary>
public sealed record FrameworkRevised : FrameworkEvent;
