namespace PartnerLedger.Api.Analysis;

/// <summary>
/// Hides, beside counts that are too small, as many others as it takes that sums do not give the hidden ones away: for each there
/// are two ledgers that would have given the same answer and the same unfiltered summary, and in which it is at least the threshold apart.
/// </summary>
internal sealed class SecondarySuppression(long[] kinds, IReadOnlyList<Margin> margins, long threshold, IReadOnlyList<int[]>? balances = null)
{
    private readonly Alternatives alternatives = new(kinds, margins, threshold, balances ?? []);

    /// <summary>Hides what must be hidden; false where hiding everything does not do.</summary>
    public bool Protect()
    {
        while (Unprotected() is { } margin)
        {
            if (!HideMore(margin))
            {
                return false;
            }
        }

        return true;
    }

    private Margin? Unprotected() => margins.FirstOrDefault(margin => margin.IsHidden && !(IsWide(margin) && HasRoom(margin)));

    private bool IsWide(Margin margin)
    {
        foreach (var sign in new[] { 1, -1 })
        {
            if (margin.Most - margin.Least < threshold && alternatives.Move(margin.Counts, sign, threshold) is { } moved)
            {
                Learn(moved);
            }
        }

        return margin.Most - margin.Least >= threshold;
    }

    // A ledger that was found says something of every hidden count, and goes on saying it however much more is hidden.
    private void Learn(long[] moved)
    {
        foreach (var margin in margins.Where(margin => margin.IsHidden))
        {
            var by = Alternatives.Sum(margin.Counts, moved);
            (margin.Least, margin.Most) = (Math.Min(margin.Least, by), Math.Max(margin.Most, by));
        }
    }

    // Of partnerships that are in no row that is shown, anything may have been noted.
    private bool HasRoom(Margin margin)
    {
        if (margin.HasRoom || !margin.TellsNotes)
        {
            return true;
        }

        var alone = Alone(margin);
        var count = Alternatives.Sum(alone, kinds);
        if (count < threshold && alternatives.Move(alone, 1, threshold - count) is { } moved)
        {
            Learn(moved);
            count += Alternatives.Sum(alone, moved);
        }

        return margin.HasRoom = count >= threshold;
    }

    private bool[] Alone(Margin margin)
    {
        var shown = margins.Where(row => row is { IsHidden: false, TellsNotes: true }).ToList();
        return [.. margin.Counts.Select((counts, kind) => counts && !shown.Exists(row => row.Counts[kind]))];
    }

    private bool HideMore(Margin margin)
    {
        while (Obstacles(margin) is { Count: > 0 } obstacles)
        {
            // What the summary alone tells, more or less, is told: to hide it would hide nothing.
            var known = obstacles.Where(obstacle => !CanBeHidden(obstacle)).ToList();
            known.ForEach(obstacle => obstacle.MayBeHidden = false);
            if (known.Count == 0)
            {
                foreach (var obstacle in obstacles)
                {
                    obstacle.IsHidden = true;
                }

                return true;
            }
        }

        // How many partnerships a row has may be known; what was noted of them need not be told.
        var silent = InOrder(margin).FirstOrDefault(row => row is { IsHidden: false, TellsNotes: true, MayBeSilent: true });
        if (silent is null)
        {
            return false;
        }

        silent.TellsNotes = false;
        return true;
    }

    // What shares partnerships with it first, and of these the least.
    private IEnumerable<Margin> InOrder(Margin margin) => margins
        .OrderBy(other => !Share(other, margin))
        .ThenBy(other => other.Count == 0)
        .ThenBy(other => other.Count);

    private static bool Share(Margin one, Margin other)
    {
        for (var kind = 0; kind < one.Counts.Length; kind++)
        {
            if (one.Counts[kind] && other.Counts[kind])
            {
                return true;
            }
        }

        return false;
    }

    private IReadOnlyList<Margin> Obstacles(Margin margin)
    {
        var missing = threshold - (margin.Most - margin.Least);
        var obstacles = missing <= 0 ? [] : alternatives.Obstacles(margin.Counts, 1, margin.Most + missing);
        obstacles = missing <= 0 || obstacles.Count > 0 ? obstacles : alternatives.Obstacles(margin.Counts, -1, missing - margin.Least);
        return obstacles.Count > 0
            ? obstacles
            : [.. InOrder(margin).Where(other => other is { IsHidden: false, MayBeHidden: true }).Take(1)];
    }

    /// <summary>Whether a count would be safe if nothing else of the answer were told.</summary>
    public bool CanBeHidden(Margin margin)
    {
        var alone = new Alternatives(kinds, [.. margins.Where(other => !other.MayBeHidden && !other.IsHidden)], threshold, balances ?? []);
        var (least, most) = (0L, 0L);
        foreach (var sign in new[] { 1, -1 })
        {
            if (most - least < threshold && alone.Move(margin.Counts, sign, threshold) is { } moved)
            {
                var by = Alternatives.Sum(margin.Counts, moved);
                (least, most) = (Math.Min(least, by), Math.Max(most, by));
            }
        }

        return most - least >= threshold;
    }
}
