using System.Globalization;

namespace PartnerLedger.Api.Pages.Charts;

/// <summary>Where estimates and their limits stand along a line: ratios on a logarithmic scale around 1, differences on a plain one around 0.</summary>
public sealed class ForestScale
{
    public const double Width = 320;

    private const double Margin = 14;
    private const double Step = 0.2;
    private const int Roomy = 7;

    private static readonly double[] Ratios = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

    private static readonly double[] Named = [0.02, 0.1, 0.5, 1, 2, 10, 50];

    private ForestScale(bool isRatio, IReadOnlyList<double> ticks) => (IsRatio, Ticks) = (isRatio, ticks);

    public bool IsRatio { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>As many ticks as there is room to name.</summary>
    public IEnumerable<double> Labelled => Ticks.Count <= Roomy ? Ticks
        : IsRatio ? Ticks.Where(Named.Contains)
        : Ticks.Where(tick => Math.Round(tick / Step) % 2 == 0);

    /// <summary>Where the groups are alike.</summary>
    public double Alike => IsRatio ? 1 : 0;

    public double First => Ticks[0];

    public double Last => Ticks[^1];

    /// <summary>A scale that takes in the rows' limits, as far as they are finite and not too far away.</summary>
    public static ForestScale Of(IEnumerable<ForestRow> rows, bool isRatio)
    {
        var ends = rows.SelectMany(row => new[] { row.Low, row.Value, row.High }).OfType<double>().Where(end => !isRatio || end > 0).ToList();
        if (isRatio)
        {
            var (low, high) = (Math.Min(ends.DefaultIfEmpty(1).Min(), 0.5), Math.Max(ends.DefaultIfEmpty(1).Max(), 2));
            var (first, last) = (Array.FindLastIndex(Ratios, tick => tick <= low), Array.FindIndex(Ratios, tick => tick >= high));
            return new(true, Ratios[Math.Max(first, 0)..(last < 0 ? Ratios.Length : last + 1)]);
        }

        var (from, to) = ((int)Math.Floor(ends.DefaultIfEmpty(0).Min() / Step), (int)Math.Ceiling(ends.DefaultIfEmpty(0).Max() / Step));
        (from, to) = (Math.Min(from, -1), Math.Max(to, 1));
        return new(false, [.. Enumerable.Range(from, to - from + 1).Select(tick => tick * Step)]);
    }

    /// <summary>Whether there is more beyond the end of the line.</summary>
    public bool IsBefore(double? value) => value is { } number && number < First;

    /// <summary>Whether there is more beyond the end of the line; what is nowhere is endless.</summary>
    public bool IsBeyond(double? value) => value is not { } number || number > Last;

    /// <summary>The place of a value, kept on the line.</summary>
    public double Place(double? value)
    {
        var number = Math.Clamp(value ?? Last, First, Last);
        var part = IsRatio ? Math.Log(number / First) / Math.Log(Last / First) : (number - First) / (Last - First);
        return Margin + (part * (Width - (2 * Margin)));
    }

    /// <summary>A place as SVG writes it.</summary>
    public static string Text(double place) => place.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>A factor's contrast as it is drawn and written beside; null is what cannot be estimated or shown.</summary>
public sealed record ForestRow
{
    public required string Factor { get; init; }

    public required string Label { get; init; }

    /// <summary>negative, success or other.</summary>
    public required string Tone { get; init; }

    public required long? GroupNoted { get; init; }

    public required long? GroupOf { get; init; }

    public required long? VersusNoted { get; init; }

    public required long? VersusOf { get; init; }

    /// <summary>Whether there is an interval; where its value or its upper limit is null, it has no upper end.</summary>
    public required bool IsEstimated { get; init; }

    public double? Value { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    public double? PValue { get; init; }

    public double? QValue { get; init; }

    public bool IsHidden { get; init; }

    /// <summary>Why something is null.</summary>
    public string? Reason { get; init; }
}
