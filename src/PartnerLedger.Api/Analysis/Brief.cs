using PartnerLedger.Domain.Factors;
using PartnerLedger.Statistics;

namespace PartnerLedger.Api.Analysis;

/// <summary>Draws up what a planned partnership should know. What is small is hidden, and with it whatever would give it away.</summary>
/// <param name="counted">What was counted.</param>
/// <param name="hidden">The fates of which it is hidden how many partnerships met them; null where nothing at all may be told.</param>
/// <param name="threshold">The least number that is shown, zero aside.</param>
/// <param name="isNarrowed">Whether only some factors, or a time, were asked for.</param>
internal sealed class Brief(CountedBrief counted, IReadOnlySet<Fate>? hidden, long threshold, bool isNarrowed)
{
    private static readonly Fate[] ToldFates = [Fate.Troubled, Fate.Potential, Fate.Successful];

    public Briefing Draw()
    {
        var negative = counted.Factors.Where(factor => factor.Factor.Polarity == Polarity.Negative).ToList();
        var rows = hidden is null ? [] : negative.ConvertAll(Row);

        // A hidden p-value must not show in its neighbours' q-values: it counts as the largest.
        var qValues = BenjaminiHochberg.QValues(rows.ConvertAll(row => row.PValue ?? 1));
        rows = [.. rows.Zip(qValues, (row, q) => row with { QValue = row.PValue is null ? null : q })
            .Where(row => row.Troubled.Noted is not 0 || row.Potential.Noted is not 0)
            .OrderByDescending(row => row.Troubled.Noted).ThenByDescending(row => row.Potential.Noted).ThenBy(row => row.Factor, StringComparer.Ordinal)];
        var tests = Population(Fate.Troubled) == 0 || Population(Fate.Successful) == 0 ? 0 : negative.Count;
        var briefing = new Briefing
        {
            Partnerships = hidden is not { Count: 0 } ? null : Enum.GetValues<Fate>().Sum(counted.Of),
            Troubled = Population(Fate.Troubled),
            Potential = Population(Fate.Potential),
            Successful = Population(Fate.Successful),
            Tests = tests,
            Sentences = [],
            Caveats = BriefSentences.Caveats(tests, rows.Exists(row => row.Suppressed)),
            Rows = rows,
        };
        return briefing with { Sentences = [.. BriefSentences.Of(briefing, isNarrowed)] };
    }

    private BriefRow Row(BriefedFactor factor)
    {
        var (troubled, successful) = (Share(factor, Fate.Troubled), Share(factor, Fate.Successful));
        var (potential, recovered) = (Share(factor, Fate.Potential), Recovered(factor));
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
                : potential.Of == 0 ? "potential: no partnership of this shape never formed."
                : null,
        };
    }

    private NotedShare Share(BriefedFactor factor, Fate fate)
    {
        var (notes, of) = (factor.Of(fate), Population(fate));
        return of is null || IsHidden(notes) ? new(null, of, null, null, null) : Tell(notes.Noted, of.Value);
    }

    private NotedShare Recovered(BriefedFactor factor)
    {
        var all = Enum.GetValues<Fate>().Select(factor.Of).ToList();
        var (noted, recovered) = (all.Sum(notes => notes.Noted), all.Sum(notes => notes.Recovered));
        return hidden is not { Count: 0 } || IsSmall(noted) || IsSmall(all.Max(notes => notes.Informants)) || GivesAway(factor) ? new(null, null, null, null, null)
            : IsSmall(recovered) || IsSmall(all.Max(notes => notes.RecoveredInformants)) ? new(null, noted, null, null, null)
            : Tell(recovered, noted);
    }

    // Those noted of anybody, less those shown elsewhere in the row, are noted of the rest, which may tell too closely of how many of one fate.
    private bool GivesAway(BriefedFactor factor)
    {
        var unknown = Enum.GetValues<Fate>().Where(fate => !ToldFates.Contains(fate) || IsHidden(factor.Of(fate))).ToList();
        var (rest, of) = (unknown.Sum(fate => factor.Of(fate).Noted), unknown.Sum(counted.Of));
        return unknown.Exists(fate => IsHidden(factor.Of(fate))
            && Math.Min(counted.Of(fate), rest) - Math.Max(0, rest - (of - counted.Of(fate))) < threshold);
    }

    private bool IsHidden(CountedNotes notes) => IsSmall(notes.Noted) || IsSmall(notes.Informants);

    private long? Population(Fate fate) => hidden?.Contains(fate) == false ? counted.Of(fate) : null;

    private bool IsSmall(long count) => count > 0 && count < threshold;

    private static NotedShare Tell(long noted, long of)
    {
        var share = Proportion.Wilson(noted, of);
        return new(noted, of, share?.Share, share?.Low, share?.High);
    }
}
