using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>How negative and success factors complement each other by topic: what was noted against partnerships in trouble, and for those that succeed.</summary>
internal sealed class Complementarity(ComplementarityParameters asked)
{
    private static readonly PartnershipState[] Troubled =
        [PartnershipState.Struggling, PartnershipState.Failed, PartnershipState.Unexplored, PartnershipState.Undeveloped];

    private readonly HashSet<PartnershipState> group = [.. asked.Group is null or [] ? Troubled : asked.Group.Select(word => word.Value)];
    private readonly HashSet<PartnershipState> versus = [.. asked.Versus is null or [] ? [PartnershipState.Successful] : asked.Versus.Select(word => word.Value)];

    public IReadOnlyList<PartnershipState> States => [.. group.Union(versus).Order()];

    public static void Check(PartnershipParameters asked, FactorParameters factors, Errors errors)
    {
        if (factors.Polarity is not (null or []))
        {
            errors.Add("polarity", "Is not for this question, which sets one polarity beside the other.");
        }

        if (asked.State is not (null or []))
        {
            errors.Add("state", "Is not for this question: group and versus name the states.");
        }
    }

    /// <summary>The sides that a partnership is on; it may be on both.</summary>
    public IEnumerable<Side> SidesOf(CountedCell cell) =>
        [.. group.Contains(cell.State) ? [Side.Group] : Array.Empty<Side>(), .. versus.Contains(cell.State) ? [Side.Versus] : Array.Empty<Side>()];

    /// <summary>A row a topic, in the order of their names.</summary>
    public ComplementarityTopics Compare(IReadOnlyList<CountedFactor> counts, HiddenSides hidden)
    {
        // Every row of a state tells how many partnerships are in it, also those of other topics.
        var population = counts.GroupBy(count => count.State!.Value).ToDictionary(state => state.Key, state => state.First().Of);
        var rows = counts.GroupBy(count => count.Topic!, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .Select(topic => Row(topic.Key, Count(topic, Polarity.Negative, group), Count(topic, Polarity.Success, versus), hidden)).ToList();

        // Whether a hidden count is zero must not show in how many topics both sides have.
        var shown = rows.FindAll(row => !row.Suppressed);
        var either = shown.Count(row => row.Negative.Noted > 0 || row.Success.Noted > 0);
        var compared = shown.FindAll(row => row.Difference is not null);
        var correlation = RankCorrelation.Spearman(compared.ConvertAll(row => row.Negative.Share!.Value), compared.ConvertAll(row => row.Success.Share!.Value));
        string?[] reasons =
        [
            shown.Count < rows.Count ? $"overlap and rankCorrelation: of the {shown.Count} topics alone whose counts are shown." : null,
            either == 0 ? "overlap: no topic was noted on either side." : null,
            correlation is null ? "rankCorrelation: takes two topics or more, and shares that differ on both sides." : null,
        ];
        return new(
            rows,
            either == 0 ? null : (double)shown.Count(row => row.Negative.Noted > 0 && row.Success.Noted > 0) / either,
            correlation,
            string.Join(' ', reasons.OfType<string>()) is { Length: > 0 } reason ? reason : null);

        (long Noted, long Of, long Informants) Count(IEnumerable<CountedFactor> topic, Polarity polarity, HashSet<PartnershipState> states)
        {
            var cells = topic.Where(cell => cell.Polarity == polarity && states.Contains(cell.State!.Value)).ToList();
            return (
                cells.Sum(cell => cell.Noted),
                states.Sum(state => population.GetValueOrDefault(state)),
                // Nobody is counted twice in one cell: at least as many told as in the cell with most of them.
                cells.Select(cell => cell.Informants).DefaultIfEmpty().Max());
        }
    }

    private static ComplementarityRow Row(
        string topic, (long Noted, long Of, long Informants) negative, (long Noted, long Of, long Informants) success, HiddenSides hidden)
    {
        var (hidesNegative, hidesSuccess) = (hidden.Hides(Side.Group, negative.Noted, negative.Informants), hidden.Hides(Side.Versus, success.Noted, success.Informants));
        var isHidden = hidesNegative || hidesSuccess;
        var difference = isHidden ? null : new TwoByTwo(negative.Noted, negative.Of, success.Noted, success.Of).RiskDifference();
        return new()
        {
            Topic = topic,
            Negative = Tell(Side.Group, negative, hidesNegative),
            Success = Tell(Side.Versus, success, hidesSuccess),
            Difference = difference,
            Suppressed = isHidden,
            Reason = isHidden ? Disclosure.TooSmall
                : difference is null ? $"There is no partnership in {(negative.Of == 0 ? "group" : "versus")}."
                : null,
        };

        NotedShare Tell(Side side, (long Noted, long Of, long Informants) counted, bool hides)
        {
            var (noted, of) = hidden.Tell(side, counted.Noted, counted.Of, hides);
            var share = noted is null || of is null ? null : Proportion.Wilson(noted.Value, of.Value);
            return new(noted, of, share?.Share, share?.Low, share?.High);
        }
    }
}
