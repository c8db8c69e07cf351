using Microsoft.AspNetCore.Components;
using PartnerLedger.Api.Analysis;

namespace PartnerLedger.Api.Pages.Analysis;

/// <summary>What the pages of analysis have in common: the names of factors, and questions that are asked unless others are.</summary>
public abstract class AnalysisPage : LedgerPage
{
    [Inject]
    private Catalogues Catalogues { get; set; } = null!;

    /// <summary>The topics of the catalogue, by name.</summary>
    protected IEnumerable<string> Topics =>
        Catalogues.Newest.Factors.Values.Select(factor => factor.Topic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The codes of factors with their names, by code.</summary>
    protected IEnumerable<(string Code, string Label)> Factors =>
        Catalogues.Newest.Factors.Values.OrderBy(factor => factor.Code, StringComparer.Ordinal).Select(factor => (factor.Code, factor.Label));

    /// <summary>What a factor is called; its code where the catalogue does not know it.</summary>
    protected string Label(string factor) => Catalogues.Newest.Factors.GetValueOrDefault(factor)?.Label ?? factor;

    /// <summary>The one value of a parameter, or nothing.</summary>
    protected string Asked(string name) => Http.Request.Query[name].FirstOrDefault() ?? "";

    /// <summary>What a parameter asks for, or what it asks for where it is left out.</summary>
    protected IReadOnlyList<string> Asked(string name, params string[] otherwise) =>
        Http.Request.Query[name].OfType<string>().Where(value => value.Length > 0).ToList() is { Count: > 0 } words ? words : otherwise;

    /// <summary>A query with parameters added that it does not have.</summary>
    protected string With(string query, string name, params string[] otherwise) => Asked(name).Length > 0
        ? query
        : otherwise.Aggregate(query, (so, value) => $"{so}{(so.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}");

    protected Task ReadCatalogue() => Catalogues.ReadNewest(Http.RequestAborted);
}
