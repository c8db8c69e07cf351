using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>One partnership, as its events tell it up to a version.</summary>
internal sealed record PartnershipView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Null where none was written, or where it was erased.</summary>
    public required string? Purpose { get; init; }

    public required PartnershipState State { get; init; }

    /// <summary>The sectors of all partners ever.</summary>
    public required IReadOnlyList<Sector> Sectors { get; init; }

    public required bool SectorsComplete { get; init; }

    /// <summary>The number of sectors; null where not all are known.</summary>
    public required int? Span { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }
    public required IReadOnlyList<PartnerView> Partners { get; init; }
    public required IReadOnlyList<FactorView> Factors { get; init; }
    public required PartialDate? ProposedOn { get; init; }
    public required long Version { get; init; }

    /// <summary>Place of its last event in the whole ledger.</summary>
    public required long Position { get; init; }

    public required DateTime LastRecordedAt { get; init; }

    public static PartnershipView Of(Guid id, Partnership partnership, string? purpose, long position, DateTime recordedAt) => new()
    {
        Id = id,
        Name = partnership.Name,
        Purpose = purpose,
        State = partnership.State,
        Sectors = partnership.Sectors,
        SectorsComplete = partnership.SectorsComplete,
        Span = partnership.Span,
        Regions = partnership.Regions,
        Partners = [.. partnership.Partners.Select(PartnerView.Of)],
        Factors = [.. partnership.Notes.Select(note => note.Note)
            .GroupBy(note => (note.Factor, note.Polarity, note.Topic))
            .OrderBy(notes => notes.Key.Factor, StringComparer.Ordinal)
            .Select(notes => new FactorView(
                notes.Key.Factor, notes.Key.Polarity, notes.Key.Topic, notes.Count(), notes.Select(note => note.OccurredOn).MinBy(date => date.Day)))],
        ProposedOn = partnership.ProposedOn,
        Version = partnership.Version,
        Position = position,
        LastRecordedAt = recordedAt,
    };

    /// <summary>A partner, known by the version it joined with and its place among those who joined with it, from 0.</summary>
    internal sealed record PartnerView(long Version, int Index, string? Name, Sector Sector, string? Country, PartialDate JoinedOn, PartialDate? LeftOn)
    {
        public static PartnerView Of(KnownPartner known) =>
            new(known.JoinedWith, known.Index, known.Partner.Name, known.Partner.Sector, known.Partner.Country, known.JoinedOn, known.LeftOn);
    }

    /// <summary>A factor noted at least once; topic and polarity are what the catalogue said then.</summary>
    internal sealed record FactorView(string Factor, Polarity Polarity, string Topic, int TimesNoted, PartialDate FirstOccurredOn);
}
