using PartnerLedger.Domain.Factors;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>Whether factors were noted of ever more, or ever fewer, of the partnerships that began in a year.</summary>
internal static class Trend
{
    /// <summary>
    /// The years of which it is hidden how many partnerships began in them: too few, or as many that the total, which is known, does
    /// not tell the hidden ones; null where that takes more years than there are. A year that is listed has a partnership.
    /// </summary>
    public static IReadOnlySet<int>? Hidden(IReadOnlyList<CountedYear> years, long threshold)
    {
        var hidden = years.Where(year => year.Of < threshold).ToList();
        var shown = new Queue<CountedYear>(years.Where(year => year.Of >= threshold).OrderBy(year => year.Of).ThenBy(year => year.Year));
        while (hidden.Count > 0 && hidden.Sum(year => year.Of) - hidden.Count < threshold)
        {
            if (!shown.TryDequeue(out var next))
            {
                return null;
            }

            hidden.Add(next);
        }

        return hidden.Select(year => year.Year).ToHashSet();
    }

    /// <summary>A row a factor. What is hidden hides whatever would give it away.</summary>
    public static IReadOnlyList<TrendRow> Compare(IReadOnlyList<CountedYears> counted, IReadOnlySet<int> hiddenYears, Func<long, bool> isSmall)
    {
        var rows = counted.Select(factor => Row(factor, hiddenYears, isSmall)).ToList();

        // A hidden p-value must not show in its neighbours' q-values: it counts as the largest.
        var qValues = BenjaminiHochberg.QValues(rows.ConvertAll(row => row.PValue ?? 1));
        return [.. rows.Zip(qValues, (row, q) => row with { QValue = row.PValue is null ? null : q })];
    }

    private static TrendRow Row(CountedYears factor, IReadOnlySet<int> hiddenYears, Func<long, bool> isSmall)
    {
        var isHidden = factor.Years.Any(IsHidden);
        var trend = isHidden ? null : CochranArmitage.Test([.. factor.Years.Select(year => (year.Noted, year.Of, (double)year.Year))]);
        return new()
        {
            Factor = factor.Factor,
            Polarity = factor.Meaning?.Polarity,
            Topic = factor.Meaning?.Topic,
            Years = [.. factor.Years.Select(Tell)],
            Slope = trend?.Slope,
            ChiSquare = trend?.ChiSquare,
            PValue = trend?.PValue,
            Suppressed = isHidden,
            Reason = isHidden ? Disclosure.TooSmall : trend is null ? "All began in one year, or all years are alike." : null,
        };

        bool IsHidden(CountedYear year) => hiddenYears.Contains(year.Year) || isSmall(year.Noted) || isSmall(year.Informants);

        YearShare Tell(CountedYear year)
        {
            var share = IsHidden(year) ? null : Proportion.Wilson(year.Noted, year.Of);
            return new(year.Year, share is null ? null : year.Noted, hiddenYears.Contains(year.Year) ? null : year.Of, share?.Share, share?.Low, share?.High);
        }
    }
}

/// <summary>A factor's share by the year in which partnerships began, and whether it rises or falls; null is what cannot be estimated or shown.</summary>
internal sealed record TrendRow
{
    public required string Factor { get; init; }

    public required Polarity? Polarity { get; init; }

    public required string? Topic { get; init; }

    public required IReadOnlyList<YearShare> Years { get; init; }

    /// <summary>How much the share (0–1) changes a year.</summary>
    public required double? Slope { get; init; }

    /// <summary>The Cochran–Armitage test's statistic, of one degree of freedom.</summary>
    public required double? ChiSquare { get; init; }

    public required double? PValue { get; init; }

    /// <summary>The p-value among all tests of this answer, by Benjamini and Hochberg.</summary>
    public double? QValue { get; init; }

    /// <summary>Whether some of the row's numbers are too small to be shown.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Why something is null.</summary>
    public required string? Reason { get; init; }
}

/// <summary>Partnerships that began in a year and have a factor noted at least once, of how many, and the share with its 95 % Wilson interval.</summary>
internal sealed record YearShare(int Year, long? Noted, long? Of, double? Share, double? Low, double? High);
