namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>All that an answer can tell a partnership apart by. Sectors and regions are bits.</summary>
internal readonly record struct Shape(int Sectors, bool IsComplete, int Regions, int State, int Year)
{
    public static readonly string[] SectorWords = ["nonprofit", "industry", "government"];
    public static readonly string[] RegionWords = ["africa", "asia-pacific", "eu-plus"];
    public static readonly string[] StateWords = ["unexplored", "proposed", "undeveloped", "active", "struggling", "failed", "successful", "ended"];
    public static readonly int[] Years = [2016, 2017, 2018];

    /// <summary>Every shape that these dimensions tell apart.</summary>
    public static IEnumerable<Shape> All(string[] dimensions) =>
        from sectors in dimensions.Any(word => word is "sector" or "sectors") ? Enumerable.Range(0, 16) : [1]
        from regions in dimensions.Any(word => word is "region" or "regions") ? Enumerable.Range(0, 8) : [0]
        from state in dimensions.Contains("state") ? Enumerable.Range(0, 8) : [0]
        from year in dimensions.Contains("year") ? Years : [Years[0]]
        select new Shape(sectors & 7, sectors < 8, regions, state, year);

    /// <summary>Whether a count of the summary is about one of the dimensions, or is no count of the summary's.</summary>
    public static bool Tells(string[] by, string name) =>
        name.Contains("bySector ", StringComparison.Ordinal) || name.Contains("bySpan ", StringComparison.Ordinal) ? by.Any(word => word is "sector" or "sectors")
        : name.Contains("byRegion ", StringComparison.Ordinal) ? by.Any(word => word is "region" or "regions")
        : !name.Contains("byState ", StringComparison.Ordinal) || by.Contains("state");

    /// <summary>The words of a dimension that it counts under.</summary>
    public IEnumerable<string> Words(string by) => by switch
    {
        "sectors" => [Combination(SectorWords, Sectors)],
        "regions" => [Combination(RegionWords, Regions)],
        _ => (by switch { "sector" => SectorWords, "region" => RegionWords, _ => StateWords }).Where(this.HasIn(by)),
    };

    public bool Has(string measure, string word)
    {
        var bit = Array.IndexOf(measure is "bySector" or "sector" ? SectorWords : RegionWords, word);
        return measure switch
        {
            "bySector" or "sector" => (Sectors >> bit & 1) == 1,
            "byRegion" or "region" => bit >= 0 && (Regions >> bit & 1) == 1,
            "sectors" => word == Combination(SectorWords, Sectors),
            "regions" => word == Combination(RegionWords, Regions),
            "bySpan" => word == (IsComplete && Sectors != 0 ? int.PopCount(Sectors).ToString() : "undetermined"),
            _ => word == StateWords[State],
        };
    }

    public bool IsChosen(Asked asked)
    {
        var shape = this;
        if (asked.Route == "brief" && asked["sector"].Length > 0 && Combination(SectorWords, Sectors) != string.Join('+', SectorWords.Intersect(asked["sector"])))
        {
            return false;
        }

        return Array.TrueForAll(["sector", "region", "state"], by => asked[by] is var words && (words.Length == 0 || Array.Exists(words, word => shape.Has(by, word))));
    }

    public static string Combination(string[] words, int bits) => bits == 0 ? "none" : string.Join('+', words.Where((_, i) => (bits >> i & 1) == 1));

    private Func<string, bool> HasIn(string by)
    {
        var shape = this;
        return word => shape.Has(by, word);
    }
}
