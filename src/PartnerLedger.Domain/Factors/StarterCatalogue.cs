namespace PartnerLedger.Domain.Factors;

/// <summary>The factors a new ledger begins with: a synthesis of published inventories, for analysts to revise and extend.</summary>
public static class StarterCatalogue
{
    /// <summary>What its factors name as their source.</summary>
    public const string Source = "synthesis";

    /// <summary>A negative and a success factor for each of 24 topics.</summary>
    public static IReadOnlyList<FactorDefined> Events { get; } =
    [
        .. Topic("PURPOSE", "Goals differ or drift", "Shared vision, clear goals", "Communicate clearly stated goals early"),
        .. Topic("SELFINT", "No or unequal benefit", "Each partner gains"),
        .. Topic("EXPECT", "Unrealistic expectations or scope", "Attainable scope agreed"),
        .. Topic("TRUST", "Insufficient trust", "Mutual trust and respect", "Build the relationship, listen, be truthful"),
        .. Topic("HISTORY", "Bad or no prior relation", "Prior collaboration"),
        .. Topic("CULTURE", "Cultural distance", "Cultures understood"),
        .. Topic("POWER", "Imbalance or control fights", "Power shared fairly", "Take time to know the partners' culture"),
        .. Topic("COMPETE", "Competing interests", "Competition balanced", "Widen goals to include partners"),
        .. Topic("COMMIT", "Weak or unequal commitment", "Sustained commitment", "Disclose goals and methods before the alliance"),
        .. Topic("LEAD", "Weak leadership", "Skilled, credible leadership"),
        .. Topic("TURNOVER", "People or leaders leave", "Leadership stable", "Communicate goals and value added clearly"),
        .. Topic("CHAMPION", "Nobody drives it", "Champion or sponsor"),
        .. Topic("GOVERN", "Unclear structure, roles", "Clear roles and policies", "Define management roles and support"),
        .. Topic("DECIDE", "Slow or opaque decisions", "Fair, inclusive, small decision body"),
        .. Topic("CONFLICT", "Conflict avoided, unresolved", "Resolution process"),
        .. Topic("COMM", "Poor communication", "Open, frequent communication"),
        .. Topic("FUND", "Funding lacking or lost", "Adequate, stable funding"),
        .. Topic("CAPACITY", "Staff, skills, time short", "Sufficient capacity"),
        .. Topic("FIT", "Wrong partner", "Complementary partner"),
        .. Topic("REGUL", "Law, regulation, contract", "Workable legal frame"),
        .. Topic("DATA", "Data sharing, privacy", "Agreed data sharing"),
        .. Topic("CONTEXT", "Market, politics, crisis", "Favourable climate"),
        .. Topic("PACE", "Too slow, too fast, rigid", "Fitting pace, adaptable"),
        .. Topic("MEASURE", "No targets, no monitoring", "Outcomes measured, learned from"),
    ];

    private static FactorDefined[] Topic(string topic, string negative, string success, params string[] mitigations) =>
    [
        new() { Code = $"N-{topic}", Topic = topic, Polarity = Polarity.Negative, Label = negative, Source = Source, Mitigations = mitigations },
        new() { Code = $"S-{topic}", Topic = topic, Polarity = Polarity.Success, Label = success, Source = Source, Mitigations = [] },
    ];
}
