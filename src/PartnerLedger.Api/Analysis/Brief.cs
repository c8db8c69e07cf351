using PartnerLedger.Domain.Factors;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>Draws up what a planned partnership should know. What is small is hidden, and with it whatever would give it away.</summary>
internal sealed class Brief(CountedBrief counted, Func<long, bool> isSmall)
{
    public Briefing Draw()
    {
        var negative = counted.Factors.Where(factor => factor.Factor.Polarity == Polarity.Negative).ToList();
        var rows = negative.ConvertAll(Row);

        // A hidden p-value must not show in its neighbours' q-values: it counts as the largest.
        var qValues = BenjaminiHochberg.QValues(rows.ConvertAll(row => row.PValue ?? 1));
        rows = [.. rows.Zip(qValues, (row, q) => row with { QValue = row.PValue is null ? null : q })
            .Where(row => row.Troubled.Noted is not 0 || row.Potential.Noted is not 0)
            .OrderByDescending(row => row.Troubled.Noted).ThenByDescending(row => row.Potential.Noted).ThenBy(row => row.Factor, StringComparer.Ordinal)];
        var briefing = new Briefing
        {
            Partnerships = Enum.GetValues<Fate>().Any(fate => Population(fate) is null) ? null : Enum.GetValues<Fate>().Sum(counted.Of),
            Troubled = Population(Fate.Troubled),
            Potential = Population(Fate.Potential),
            Successful = Population(Fate.Successful),
            Tests = negative.Count,
            Sentences = [],
            Caveats = BriefSentences.Caveats(negative.Count),
            Rows = rows,
        };
        return briefing with { Sentences = [.. BriefSentences.Of(briefing)] };
    }

    private BriefRow Row(BriefedFactor factor)
    {
        var (troubled, successful) = (Share(factor, Fate.Troubled), Share(factor, Fate.Successful));
        var (potential, recovered) = (Share(factor, Fate.Potential), Recovered(factor, [troubled, Share(factor, Fate.Potential), successful]));
        var table = troubled.Noted is null || successful.Noted is null
            ? null
            : new TwoByTwo(troubled.Noted.Value, troubled.Of!.Value, successful.Noted.Value, successful.Of!.Value);
        var buildOn = counted.Factors.Where(other => other.Factor.Polarity == Polarity.Success && other.Factor.Topic == factor.Factor.Topic)
            .Select(other => new BuildOn(other.Factor.Code, other.Factor.Label, Share(other, Fate.Successful))).ToList();
        var isSuppressed = new[] { troubled, potential, successful, recovered }.Concat(buildOn.Select(other => other.Successful)).Any(share => share.Noted is null);
        return new()
        {
            Factor = factor.Factor.Code,
            Label = factor.Factor.Label,
            Topic = factor.Factor.Topic,
            Troubled = troubled,
            Potential = potential,
            Successful = successful,
            Recovered = recovered,
            RiskDifference = table?.RiskDifference(),
            PValue = table is null || table.Of == 0 || table.VersusOf == 0 ? null : table.FisherPValue(),
            Mitigations = factor.Factor.Mitigations,
            BuildOn = buildOn,
            Suppressed = isSuppressed,
            Reason = isSuppressed ? Disclosure.TooSmall
                : table is null || table.Of == 0 ? "No partnership of this shape struggles or failed."
                : table.VersusOf == 0 ? "No partnership of this shape succeeded."
                : null,
        };
    }

    private NotedShare Share(BriefedFactor factor, Fate fate)
    {
        var (notes, of) = (factor.Of(fate), Population(fate));
        return of is null || isSmall(notes.Noted) || isSmall(notes.Informants) ? new(null, of, null, null, null) : Tell(notes.Noted, of.Value);
    }

    // Those noted of anybody, less those shown elsewhere in the row, are noted of the rest: too few of these would be given away.
    private NotedShare Recovered(BriefedFactor factor, IReadOnlyList<NotedShare> shown)
    {
        var all = Enum.GetValues<Fate>().Select(factor.Of).ToList();
        var (noted, recovered) = (all.Sum(notes => notes.Noted), all.Sum(notes => notes.Recovered));
        return isSmall(noted) || isSmall(noted - shown.Sum(share => share.Noted ?? 0)) || isSmall(all.Max(notes => notes.Informants)) ? new(null, null, null, null, null)
            : isSmall(recovered) || isSmall(all.Max(notes => notes.RecoveredInformants)) ? new(null, noted, null, null, null)
            : Tell(recovered, noted);
    }

    // A sum gives a small part away to whoever knows the other.
    private long? Population(Fate fate) => counted.StatesOf(fate).Any(isSmall) || isSmall(counted.Of(fate)) ? null : counted.Of(fate);

    private static NotedShare Tell(long noted, long of)
    {
        var share = Proportion.Wilson(noted, of);
        return new(noted, of, share?.Share, share?.Low, share?.High);
    }
}
