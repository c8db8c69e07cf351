using PartnerLedger.Api.Pages.Shared;

namespace PartnerLedger.Api.Pages.Overview;

/// <summary>How much of a column's partnerships have a factor noted; null where that is hidden.</summary>
/// <param name="Topic">What the factor is about.</param>
/// <param name="IsNegative">Whether it speaks against partnerships.</param>
/// <param name="Factor">Its code.</param>
/// <param name="Label">Its name.</param>
/// <param name="Column">The sector or region.</param>
/// <param name="Noted">Partnerships that have it noted at least once.</param>
/// <param name="Of">Partnerships of the column.</param>
/// <param name="Share">Noted as a part of all, 0 to 1.</param>
/// <param name="Low">Lower limit of the 95 % Wilson interval, 0 to 1.</param>
/// <param name="High">Upper limit of the 95 % Wilson interval, 0 to 1.</param>
public sealed record HeatCell(
    string Topic, bool IsNegative, string Factor, string Label, string Column, long? Noted, long? Of, double? Share, double? Low, double? High);

/// <summary>A factor's cells by column.</summary>
public sealed record HeatFactor(string Topic, bool IsNegative, string Code, string Label, IReadOnlyDictionary<string, HeatCell> Cells)
{
    /// <summary>The largest share among its columns; where all are hidden, none.</summary>
    public double Emphasis => Cells.Values.Max(cell => cell.Share) ?? 0;

    internal static HeatFactor Of(IGrouping<string, HeatCell> factor)
    {
        var first = factor.First();
        return new(first.Topic, first.IsNegative, factor.Key, first.Label, factor.ToDictionary(cell => cell.Column, StringComparer.Ordinal));
    }
}

/// <summary>A line of the table: a topic with one negative factor, one success factor, or both beside each other.</summary>
public sealed record HeatTopic(string Topic, HeatFactor? Negative, HeatFactor? Success)
{
    /// <summary>Lines by topic, or by the emphasis of one side.</summary>
    public static IReadOnlyList<HeatTopic> Of(IEnumerable<HeatCell> cells, string? sort)
    {
        var factors = cells.GroupBy(cell => cell.Factor, StringComparer.Ordinal).Select(HeatFactor.Of).OrderByDescending(factor => factor.Emphasis);
        var lines = SideBySide.Pair(factors, factor => factor.Topic, factor => factor.IsNegative)
            .Select(line => new HeatTopic(line.Topic, line.Negative, line.Success));
        return sort switch
        {
            "negative" => [.. lines.OrderByDescending(line => line.Negative?.Emphasis ?? -1)],
            "success" => [.. lines.OrderByDescending(line => line.Success?.Emphasis ?? -1)],
            _ => [.. lines],
        };
    }
}
