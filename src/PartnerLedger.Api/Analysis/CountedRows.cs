using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>Partnerships that are alike in all that the analysis distinguishes; each partnership is in one such cell.</summary>
internal sealed record CountedCell(PartnershipState State, short Sectors, bool IsComplete, IReadOnlyList<string> Regions, long Partnerships)
{
    /// <summary>The number of sectors; undetermined where not all are known.</summary>
    public string Span => IsComplete && Sectors != 0 ? short.PopCount(Sectors).ToString() : "undetermined";
}

/// <summary>The partnerships that a question is about, and how many people told of them.</summary>
internal sealed record CountedPartnerships(IReadOnlyList<CountedCell> Cells, long Informants);

/// <summary>In how many partnerships of a cell a factor, or a topic's factors of one polarity, was noted.</summary>
internal sealed record CountedFactor
{
    /// <summary>Null where the row speaks of a topic.</summary>
    public string? Factor { get; init; }

    /// <summary>Null where the catalogue does not know the factor.</summary>
    public string? Topic { get; init; }

    public Polarity? Polarity { get; init; }

    public Sector? Sector { get; init; }

    /// <summary>The exclusive combination, as bits.</summary>
    public short? Sectors { get; init; }

    public string? Region { get; init; }

    /// <summary>The exclusive combination, in order, joined by +; empty where there is none.</summary>
    public string? Regions { get; init; }

    public PartnershipState? State { get; init; }

    public required long Noted { get; init; }

    public required long Of { get; init; }

    public required long Informants { get; init; }

    /// <summary>By the columns of the cell, then by what was noted; never by counts, whose order would tell what is not shown.</summary>
    public static IEnumerable<T> Order<T>(IEnumerable<T> rows, Func<T, CountedFactor> row) => rows
        .OrderBy(each => row(each).Sector)
        .ThenBy(each => row(each).Sectors)
        .ThenBy(each => row(each).Region, StringComparer.Ordinal)
        .ThenBy(each => row(each).Regions, StringComparer.Ordinal)
        .ThenBy(each => row(each).State)
        .ThenBy(each => row(each).Factor ?? row(each).Topic, StringComparer.Ordinal)
        .ThenBy(each => row(each).Polarity);
}
