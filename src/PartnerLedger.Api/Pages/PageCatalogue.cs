using PartnerLedger.Api.Factors;

namespace PartnerLedger.Api.Pages;

/// <summary>The catalogue of factors as it now is, asked for once however many parts of a page name factors.</summary>
internal sealed class PageCatalogue(LedgerApi api)
{
    private ApiAnswer<ListFactors.Response>? answer;
    private Dictionary<string, FactorView> known = [];

    public ApiProblem? Problem => answer?.Problem;

    public long? Version => answer?.Value?.Version;

    /// <summary>By code; none where it was refused.</summary>
    public IReadOnlyList<FactorView> Factors => answer?.Value?.Items ?? [];

    /// <summary>By name.</summary>
    public IEnumerable<string> Topics => Factors.Select(factor => factor.Topic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The factors of each topic, topics by name: negative ones first, then by code.</summary>
    public IEnumerable<IGrouping<string, FactorView>> ByTopic => Factors
        .OrderBy(factor => factor.Polarity).ThenBy(factor => factor.Code, StringComparer.Ordinal)
        .GroupBy(factor => factor.Topic, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal);

    public async Task Read(HttpContext page)
    {
        if (answer is null)
        {
            answer = await api.Get<ListFactors.Response>(page, "/api/factors");
            known = Factors.ToDictionary(factor => factor.Code, StringComparer.Ordinal);
        }
    }

    public FactorView? Find(string code) => known.GetValueOrDefault(code);

    /// <summary>What a factor is called; its code where the catalogue does not know it.</summary>
    public string Label(string code) => Find(code)?.Label ?? code;
}
