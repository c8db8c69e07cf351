namespace PartnerLedger.Api.Analysis;

/// <summary>
/// Which pairs of factors are told. A hidden pair is safe where enough partnerships could have noted otherwise and all that is told, each factor's number
/// and every other pair, stayed the same: one with both factors and one that is like it but for these, for two that have one of them each, or the reverse.
/// </summary>
internal sealed class ShownPairs
{
    private readonly IReadOnlyList<CountedPair> pairs;
    private readonly IReadOnlyList<CountedProfile> all;
    private readonly long threshold;
    private readonly Dictionary<string, long> profiles;
    private readonly ILookup<string, CountedProfile> byFactor;
    private readonly HashSet<(string, string)> listed;
    private readonly HashSet<CountedPair> hidden;

    public ShownPairs(IReadOnlyList<CountedPair> pairs, IReadOnlyList<CountedProfile> profiles, long threshold)
    {
        (this.pairs, all, this.threshold) = (pairs, profiles, threshold);
        this.profiles = profiles.ToDictionary(profile => Key(profile.Factors), profile => profile.Partnerships, StringComparer.Ordinal);
        byFactor = profiles.SelectMany(profile => profile.Factors.Select(factor => (factor, profile))).ToLookup(one => one.factor, one => one.profile, StringComparer.Ordinal);
        listed = [.. pairs.SelectMany(pair => new[] { (pair.First, pair.Second), (pair.Second, pair.First) })];
        hidden = [.. pairs.Where(pair => IsSmall(pair, threshold))];
        Told = pairs.Where(pair => !hidden.Contains(pair)).SelectMany(pair => new[] { pair.First, pair.Second }).ToHashSet(StringComparer.Ordinal);
        TellsNothing = !Protect();
    }

    /// <summary>Whether no pair at all may be told.</summary>
    public bool TellsNothing { get; }

    /// <summary>The factors of which some row tells in how many partnerships they were noted.</summary>
    public IReadOnlySet<string> Told { get; private set; }

    /// <summary>Whether it, or what follows from it beside each factor's number, is too small to be shown.</summary>
    public static bool IsSmall(CountedPair pair, long threshold) =>
        new[] { pair.Both, pair.OnlyFirst, pair.OnlySecond, pair.Neither, pair.FirstInformants, pair.SecondInformants }.Any(count => count > 0 && count < threshold);

    public bool Hides(CountedPair pair) => hidden.Contains(pair);

    private bool Protect()
    {
        while (pairs.FirstOrDefault(pair => hidden.Contains(pair) && !IsSafe(pair)) is { } pair)
        {
            // Of a factor of which nothing is told, all may be otherwise: first of the one that has fewer rows to lose.
            var rows = pairs.Where(row => !hidden.Contains(row)).ToList();
            var next = new[] { pair.First, pair.Second }.Where(Told.Contains).OrderBy(factor => rows.Count(row => row.First == factor || row.Second == factor)).FirstOrDefault();
            if (next is null)
            {
                return false;
            }

            hidden.UnionWith(rows.Where(row => row.First == next || row.Second == next));
            Told = pairs.Where(row => !hidden.Contains(row)).SelectMany(row => new[] { row.First, row.Second }).ToHashSet(StringComparer.Ordinal);
        }

        return true;
    }

    private bool IsSafe(CountedPair pair)
    {
        var (first, second) = (!Told.Contains(pair.First), !Told.Contains(pair.Second));
        return (!first || MayNote(pair.First, null)) && (!second || MayNote(pair.Second, null))
            && ((first && MayNote(pair.First, pair.Second)) || (second && MayNote(pair.Second, pair.First)) || MayTrade(pair));
    }

    // Whether enough partnerships more, all of which have the other factor if one is named, could have this one: those with which it has been seen.
    private bool MayNote(string factor, string? with)
    {
        var more = 0L;
        foreach (var profile in with is null ? all : byFactor[with])
        {
            more += profile.Factors.All(other => listed.Contains((factor, other))) ? profile.Partnerships : 0;
            if (more >= threshold)
            {
                return true;
            }
        }

        return more >= threshold;
    }

    private bool MayTrade(CountedPair pair)
    {
        var (less, more) = (0L, 0L);
        foreach (var profile in byFactor[pair.First])
        {
            var rest = profile.Factors.Where(factor => factor != pair.First && factor != pair.Second).ToList();
            if (profile.Factors.Contains(pair.Second, StringComparer.Ordinal))
            {
                // A pair that has a row was seen.
                less = Math.Min(pair.Both - 1, less + Math.Min(profile.Partnerships, Partnerships(rest)));
            }
            else
            {
                more += Math.Min(profile.Partnerships, Partnerships(rest.Append(pair.Second)));
            }

            if (less + more >= threshold)
            {
                return true;
            }
        }

        return false;
    }

    private long Partnerships(IEnumerable<string> factors) => profiles.GetValueOrDefault(Key(factors.Order(StringComparer.Ordinal)));

    private static string Key(IEnumerable<string> factors) => string.Join('+', factors);
}
