using System.Globalization;

namespace PartnerLedger.Api.Analysis;

/// <summary>Says in plain sentences what a brief shows, and nothing that it does not show.</summary>
internal static class BriefSentences
{
    /// <summary>From so many partnerships on each side, a share is known to within some ten points.</summary>
    private const long Much = 100;

    /// <summary>With fewer on either side, a share may be off by twenty points or more.</summary>
    private const long Little = 20;

    /// <summary>How many factors get a sentence of their own.</summary>
    private const int MostFactors = 3;

    public static IReadOnlyList<string> Caveats(int tests, bool hidesTests) =>
    [
        "Partnerships were told of by whoever chose to tell: a purposive sample, which need not be like the one you plan.",
        "Noted means that somebody noted it; what was not noted may have been there, too.",
        "These are associations, not causes.",
        tests == 0
            ? "No factor was tested: there is nothing to compare."
            : $"{tests} {(tests == 1 ? "factor was" : "factors were")} tested at once, which the q-values take into account{(hidesTests ? "; those that are not shown count with p = 1" : "")}.",
    ];

    /// <summary>What a brief shows, in sentences.</summary>
    /// <param name="brief">The brief.</param>
    /// <param name="isNarrowed">Whether only some factors, or a time, were asked for.</param>
    public static IEnumerable<string> Of(Briefing brief, bool isNarrowed)
    {
        yield return $"Of partnerships of this shape {Count(brief.Troubled)} struggle or failed, {Count(brief.Potential)} never formed, and {Count(brief.Successful)} succeeded.";
        yield return Evidence(brief.Troubled, brief.Successful);
        foreach (var row in brief.Rows.Where(row => row.Troubled is { Noted: > 0 }).Take(MostFactors))
        {
            yield return $"“{row.Label}” ({row.Factor}) was noted of {Share(row.Troubled)} that struggle or failed.";
            if (row is { QValue: { } q, RiskDifference: { } difference })
            {
                yield return q < .05
                    ? $"“{row.Label}” was noted {(difference.Value > 0 ? "more" : "less")} often of these than of successful ones, by {Points(difference.Value)} ({Points(difference.Low)} to {Points(difference.High)}; q = {Number(q)})."
                    : $"That “{row.Label}” tells these from successful ones is not shown (q = {Number(q)}).";
            }

            if (row.Recovered is { Noted: not null, Of: > 0 })
            {
                yield return $"Of {row.Recovered.Of} partnerships with “{row.Label}” noted, {Count(row.Recovered.Noted)} came out of trouble afterwards.";
            }
        }

        foreach (var row in brief.Rows.Where(row => row.Potential is { Noted: > 0 }).OrderByDescending(row => row.Potential.Noted).Take(MostFactors))
        {
            yield return $"“{row.Label}” ({row.Factor}) was noted of {Share(row.Potential)} that never formed.";
        }

        if (brief is { Rows.Count: 0, Troubled: not null, Potential: not null })
        {
            yield return $"No negative factor{(isNarrowed ? " that was asked for, in the time that was asked for," : "")} was noted of those in trouble, or of those that never formed.";
        }
    }

    private static string Evidence(long? troubled, long? successful) => (troubled, successful) switch
    {
        (null, _) or (_, null) => "That is too little evidence to be shown whole: what is told here rests on few partnerships, or on parts of them.",
        (0, _) or (_, 0) => "That is no evidence of what tells success from failure: there is nothing to compare.",
        ( < Little, _) or (_, < Little) => "That is little evidence: a share may well be off by twenty points or more, and a difference that is not shown may still be there.",
        ( < Much, _) or (_, < Much) => "That is some evidence: mind the intervals.",
        _ => "That is much evidence of what was noted, as far as the sample goes.",
    };

    private static string Count(long? count) => count switch
    {
        null => "a number that is not shown",
        0 => "none",
        _ => count.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Share(NotedShare share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share.Noted} of {share.Of} ({100 * share.Share:0} %, interval {100 * share.Low:0} to {100 * share.High:0} %)");

    private static string Points(double difference) => string.Create(CultureInfo.InvariantCulture, $"{100 * difference:+0;−0;0} points");

    private static string Number(double q) => q < .001 ? "below 0.001" : q.ToString("0.000", CultureInfo.InvariantCulture);
}
