using PartnerLedger.Domain.Frameworks;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Frameworks;

/// <summary>A framework, as its events tell it up to a version.</summary>
internal sealed record FrameworkView
{
    /// <summary>The stream in which the ledger keeps it.</summary>
    public required Guid Id { get; init; }

    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Where it was taken from: a reference, or experience.</summary>
    public required string Source { get; init; }

    /// <summary>In the framework's own order.</summary>
    public required IReadOnlyList<FactorView> Factors { get; init; }

    public required IReadOnlyList<TermView> Crosswalk { get; init; }
    public required long Version { get; init; }

    /// <summary>Place of its last event in the whole ledger.</summary>
    public required long Position { get; init; }

    public required DateTime LastRecordedAt { get; init; }

    /// <summary>The framework after its last event, with the note of each of its factors by the factor's place.</summary>
    public static FrameworkView Of(Framework framework, RecordedEvent last, Func<int, string?> noteOf) => new()
    {
        Id = last.StreamId,
        Code = framework.Code,
        Name = framework.Name,
        Source = framework.Source,
        Factors = [.. framework.Factors.Select((factor, i) => new FactorView(factor.Factor, factor.Weight, noteOf(i)))],
        Crosswalk = [.. framework.Crosswalk.Select(term => new TermView(term.Term, term.Factor))],
        Version = last.Version,
        Position = last.Position,
        LastRecordedAt = last.RecordedAt,
    };

    /// <summary>A factor of the catalogue, how much it counts here (1 to 1,000), and why; null where that was not said, or was erased.</summary>
    internal sealed record FactorView(string Factor, int? Weight, string? Note);

    /// <summary>A term of the framework's own, and a factor that it stands for.</summary>
    internal sealed record TermView(string Term, string Factor);
}
