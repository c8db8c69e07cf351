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
    public static readonly Dictionary<(string From, string To), (int Low, int High)> Months = new()
    {
        [("unexplored", "proposed")] = (6, 24), [("undeveloped", "proposed")] = (6, 24), [("undeveloped", "active")] = (6, 24),
        [("proposed", "undeveloped")] = (6, 18), [("proposed", "active")] = (2, 14), [("proposed", "struggling")] = (3, 12), [("proposed", "failed")] = (4, 18),
        [("active", "struggling")] = (6, 36), [("active", "failed")] = (12, 48), [("active", "successful")] = (12, 48), [("active", "ended")] = (18, 60),
        [("struggling", "active")] = (4, 18), [("struggling", "successful")] = (9, 30), [("struggling", "failed")] = (3, 24),
        [("successful", "struggling")] = (9, 30), [("successful", "ended")] = (9, 36),
    };

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
        ("PURPOSE", 22, 24, false), ("SELFINT", 15, 14, false), ("EXPECT", 17, 10, false), ("TRUST", 26, 28, false), ("HISTORY", 7, 18, true), ("CULTURE", 16, 9, false),
        ("POWER", 18, 9, false), ("COMPETE", 17, 11, true), ("COMMIT", 22, 20, false), ("LEAD", 16, 22, false), ("TURNOVER", 14, 7, false), ("CHAMPION", 9, 16, false),
        ("GOVERN", 17, 15, false), ("DECIDE", 15, 13, true), ("CONFLICT", 10, 8, false), ("COMM", 24, 25, false), ("FUND", 25, 15, false), ("CAPACITY", 21, 12, false),
        ("FIT", 11, 14, false), ("REGUL", 15, 6, false), ("DATA", 8, 6, false), ("CONTEXT", 18, 12, true), ("PACE", 13, 9, false), ("MEASURE", 10, 14, false),
    ];

    /// <summary>Negative factors that are noted half as often again where such a partner is.</summary>
    public static readonly (string Sector, string Topic)[] Leanings =
        [("industry", "COMPETE"), ("industry", "SELFINT"), ("government", "REGUL"), ("government", "DECIDE"), ("nonprofit", "FUND"), ("nonprofit", "CAPACITY")];
}
