namespace PartnerLedger.Api.Tests.Sample;

/// <summary>
/// What the sample set is made of. The sectors meet the study's published margins, as do the numbers of partnerships, informants, countries
/// and regions; all else, lives and factors above all, is made up and nobody's finding.
/// </summary>
internal static class SampleFigures
{
    public const int Informants = 70;

    /// <summary>Combinations of sectors; of the last two not all sectors are known.</summary>
    public static readonly (int Count, bool Complete, string[] Sectors)[] Shapes =
    [
        (39, true, ["nonprofit"]), (15, true, ["industry"]), (32, true, ["government"]),
        (60, true, ["nonprofit", "industry"]), (70, true, ["nonprofit", "government"]), (17, true, ["industry", "government"]),
        (20, true, ["nonprofit", "industry", "government"]),
        (1, false, ["nonprofit"]), (1, false, ["government"]),
    ];

    public static readonly (int Count, string[] States)[] Lives =
    [
        (12, ["unexplored"]), (6, ["unexplored", "proposed"]),
        (8, ["undeveloped"]), (4, ["undeveloped", "active"]), (3, ["undeveloped", "proposed", "active", "successful"]),
        (10, ["proposed"]), (12, ["proposed", "undeveloped"]), (6, ["proposed", "struggling"]), (6, ["proposed", "failed"]),
        (36, ["proposed", "active"]), (11, ["proposed", "active", "ended"]), (10, ["proposed", "active", "failed"]),
        (26, ["proposed", "active", "struggling"]), (22, ["proposed", "active", "struggling", "failed"]),
        (20, ["proposed", "active", "struggling", "active"]), (3, ["proposed", "active", "struggling", "active", "successful"]),
        (12, ["proposed", "active", "struggling", "successful"]),
        (30, ["proposed", "active", "successful"]), (12, ["proposed", "active", "successful", "ended"]), (6, ["proposed", "active", "successful", "struggling"]),
    ];

    /// <summary>Months from one state to the next.</summary>
    public static readonly (string From, string To, int Low, int High)[] Months =
    [
        ("unexplored", "proposed", 6, 24), ("undeveloped", "proposed", 6, 24), ("undeveloped", "active", 6, 24),
        ("proposed", "undeveloped", 6, 18), ("proposed", "active", 2, 14), ("proposed", "struggling", 3, 12), ("proposed", "failed", 4, 18),
        ("active", "struggling", 6, 36), ("active", "failed", 12, 48), ("active", "successful", 12, 48), ("active", "ended", 18, 60),
        ("struggling", "active", 4, 18), ("struggling", "successful", 9, 30), ("struggling", "failed", 3, 24),
        ("successful", "struggling", 9, 30), ("successful", "ended", 9, 36),
    ];

    /// <summary>Thirteen countries in three regions, and how many of the informants are at home there.</summary>
    public static readonly (string Region, string Country, int Informants)[] Homes =
    [
        ("asia-pacific", "AU", 7), ("asia-pacific", "IN", 5), ("asia-pacific", "JP", 3), ("asia-pacific", "NZ", 3), ("asia-pacific", "PH", 4), ("asia-pacific", "SG", 2),
        ("eu-plus", "DE", 6), ("eu-plus", "FR", 4), ("eu-plus", "GB", 7), ("eu-plus", "NL", 6), ("eu-plus", "SE", 3),
        ("north-america", "CA", 6), ("north-america", "US", 14),
    ];

    /// <summary>
    /// Percent of the troubled partnerships that have a topic's negative factor noted, and of those that went well its success factor; elsewhere
    /// both are noted less, those that tell apart much less.
    /// </summary>
    public static readonly (string Topic, int Negative, int Success, bool TellsApart)[] Topics =
    [
        ("PURPOSE", 28, 30, false), ("SELFINT", 20, 18, false), ("EXPECT", 22, 14, false), ("TRUST", 34, 36, false), ("HISTORY", 14, 32, true), ("CULTURE", 20, 12, false),
        ("POWER", 23, 12, false), ("COMPETE", 30, 24, true), ("COMMIT", 28, 26, false), ("LEAD", 21, 28, false), ("TURNOVER", 18, 10, false), ("CHAMPION", 12, 20, false),
        ("GOVERN", 22, 20, false), ("DECIDE", 28, 30, true), ("CONFLICT", 14, 11, false), ("COMM", 31, 32, false), ("FUND", 32, 20, false), ("CAPACITY", 27, 16, false),
        ("FIT", 15, 18, false), ("REGUL", 19, 9, false), ("DATA", 11, 9, false), ("CONTEXT", 30, 26, true), ("PACE", 17, 12, false), ("MEASURE", 13, 18, false),
    ];

    /// <summary>Negative factors that are noted half as often again where such a partner is.</summary>
    public static readonly (string Sector, string Topic)[] Leanings =
        [("industry", "COMPETE"), ("industry", "SELFINT"), ("government", "REGUL"), ("government", "DECIDE"), ("nonprofit", "FUND"), ("nonprofit", "CAPACITY")];
}
