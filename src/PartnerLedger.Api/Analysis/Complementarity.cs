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

    public void Check(Errors errors)
    {
        if (asked.Polarity is not (null or []))
        {
            errors.Add("polarity", "Is not for this question, which sets one polarity beside the other.");
        }

        if (asked.State is not (null or []))
        {
            errors.Add("state", "Is not for this question: group and versus name the states.");
        }
    }

    /// <summary>A row a topic, in the order of their names.</summary>
    public ComplementarityTopics Compare(IReadOnlyList<CountedFactor> counts, Func<long, bool> isSmall)
    {
        // Every row of a state tells how many partnerships are in it, also those of other topics.
        var population = counts.GroupBy(count => count.State!.Value).ToDictionary(state => state.Key, state => state.First().Of);
        var topics = counts.GroupBy(count => count.Topic!, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .Select(topic => (Topic: topic.Key, Negative: Count(topic, Polarity.Negative, group), Success: Count(topic, Polarity.Success, versus))).ToList();
        var rows = topics.ConvertAll(topic => Row(topic.Topic, topic.Negative, topic.Success, isSmall));
        var shown = rows.FindAll(row => !row.Suppressed && row.Difference is not null);
        var either = topics.Count(topic => topic.Negative.Noted > 0 || topic.Success.Noted > 0);
        return new(
            rows,
            either == 0 ? null : (double)topics.Count(topic => topic.Negative.Noted > 0 && topic.Success.Noted > 0) / either,
            RankCorrelation.Spearman(shown.ConvertAll(row => row.Negative.Share!.Value), shown.ConvertAll(row => row.Success.Share!.Value)));

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
        string topic, (long Noted, long Of, long Informants) negative, (long Noted, long Of, long Informants) success, Func<long, bool> isSmall)
    {
        var (hidesNegative, hidesSuccess) = (IsHidden(negative), IsHidden(success));
        var isHidden = hidesNegative || hidesSuccess;
        var difference = isHidden ? null : new TwoByTwo(negative.Noted, negative.Of, success.Noted, success.Of).RiskDifference();
        return new()
        {
            Topic = topic,
            Negative = Tell(negative, hidesNegative),
            Success = Tell(success, hidesSuccess),
            Difference = difference,
            Suppressed = isHidden,
            Reason = isHidden ? Disclosure.TooSmall
                : difference is null ? $"There is no partnership in {(negative.Of == 0 ? "group" : "versus")}."
                : null,
        };

        bool IsHidden((long Noted, long Of, long Informants) counted) => isSmall(counted.Noted) || isSmall(counted.Of) || isSmall(counted.Informants);

        NotedShare Tell((long Noted, long Of, long Informants) counted, bool hides)
        {
            var share = hides ? null : Proportion.Wilson(counted.Noted, counted.Of);
            return new(hides ? null : counted.Noted, isSmall(counted.Of) ? null : counted.Of, share?.Share, share?.Low, share?.High);
        }
    }
}
