namespace PartnerLedger.Api.Analysis;

/// <summary>Which rows of factors are told beside the unfiltered summary, and which stand there with nothing told.</summary>
internal sealed class ShownFactors(PublicSummary summary, long informants, AnalysisQuestion question, long threshold)
{
    /// <summary>The rows in their order, and of each whether how many partnerships its cell has is hidden, and whether all is.</summary>
    public IReadOnlyList<(CountedFactor Row, bool HidesOf, bool IsHidden)> Tell(IReadOnlyList<CountedFactor> rows)
    {
        var population = new Population(summary, question, threshold);
        if (population.HiddenOrSilent(cell => RowCell.Of(cell, question.By), RowCell.Dimensions(question.By)) is not { } those)
        {
            return [];
        }

        var (hidden, silent) = those;
        var kinds = Overlapping(population);
        var told = rows.GroupBy(row => (row.Factor, row.Topic, row.Polarity)).SelectMany(factor => Tell([.. factor], hidden, silent, kinds));
        return [.. CountedFactor.Order(told, told => told.Row)];
    }

    private IEnumerable<(CountedFactor Row, bool HidesOf, bool IsHidden)> Tell(
        List<CountedFactor> factor, IReadOnlySet<RowCell> hidden, IReadOnlySet<RowCell> silent, IReadOnlyList<(HashSet<RowCell> Rows, long Partnerships)> kinds)
    {
        // The absence of a row says that its cell has no partnership: where that would tell too much, the row is there.
        var there = factor.Select(RowCell.Of).ToHashSet();
        factor.AddRange(hidden.Where(cell => !there.Contains(cell)).Select(cell => factor[0] with
        {
            Sector = cell.Sector,
            Sectors = cell.Sectors,
            Region = cell.Region,
            Regions = cell.Regions,
            State = cell.State,
            Noted = 0,
            Of = 0,
            Informants = 0,
        }));
        var all = factor.Where(row => hidden.Contains(RowCell.Of(row)) || silent.Contains(RowCell.Of(row)) || IsSmall(row.Noted) || IsSmall(row.Informants)).Select(RowCell.Of).ToHashSet();
        while (kinds.Count > 0 && factor.FirstOrDefault(row => all.Contains(RowCell.Of(row)) && !IsSafe(row, all, hidden, kinds)) is { } unsafeRow)
        {
            // Of the rows that share partnerships with it, the one that tells least.
            var cell = RowCell.Of(unsafeRow);
            var shared = kinds.Where(kind => kind.Rows.Contains(cell)).SelectMany(kind => kind.Rows).ToHashSet();
            all.Add(factor.Select(row => (row.Noted, Cell: RowCell.Of(row))).Where(row => shared.Contains(row.Cell) && !all.Contains(row.Cell))
                .OrderBy(row => row.Noted == 0).ThenBy(row => row.Noted).First().Cell);
        }

        return factor.Select(row => (row, hidden.Contains(RowCell.Of(row)), all.Contains(RowCell.Of(row))));
    }

    // Of partnerships that no row of this factor that is shown counts, it may have been noted or not, by anybody.
    private bool IsSafe(
        CountedFactor row, HashSet<RowCell> hidden, IReadOnlySet<RowCell> hiddenOf, IReadOnlyList<(HashSet<RowCell> Rows, long Partnerships)> kinds)
    {
        var cell = RowCell.Of(row);
        var (alone, shared) = (0L, 0L);
        foreach (var (rows, partnerships) in kinds)
        {
            if (rows.Contains(cell))
            {
                (alone, shared) = rows.IsSubsetOf(hidden) ? (alone + partnerships, shared) : (alone, shared + partnerships);
            }
        }

        return shared == 0
            || ((alone >= threshold || hiddenOf.Contains(cell)) && (informants < threshold || informants - row.Informants >= threshold));
    }

    // Rows that a partnership is counted in at once; none where there is only one.
    private IReadOnlyList<(HashSet<RowCell> Rows, long Partnerships)> Overlapping(Population population) =>
        !question.By.Contains(By.Sector) && !question.By.Contains(By.Region)
            ? []
            : [.. population.Chosen
                .Select(cell => (Rows: RowCell.Of(cell, question.By).ToHashSet(), cell.Partnerships))
                .GroupBy(one => one.Rows, HashSet<RowCell>.CreateSetComparer())
                .Select(alike => (alike.Key, alike.Sum(one => one.Partnerships)))];

    private bool IsSmall(long count) => count > 0 && count < threshold;
}
