namespace PartnerLedger.Api.Pages.Analysis;

/// <summary>What the pages of analysis have in common: the names of factors, and questions that are asked unless others are.</summary>
public abstract class AnalysisPage : LedgerPage
{
    /// <summary>What a factor is called; its code where the catalogue does not know it.</summary>
    protected string Label(string factor) => Catalogue.Label(factor);

    /// <summary>The one value of a parameter, or nothing.</summary>
    protected string Asked(string name) => Http.Request.Query[name].FirstOrDefault() ?? "";

    /// <summary>What a parameter asks for, or what it asks for where it is left out.</summary>
    protected IReadOnlyList<string> Asked(string name, params string[] otherwise) =>
        Http.Request.Query[name].OfType<string>().Where(value => value.Length > 0).ToList() is { Count: > 0 } words ? words : otherwise;

    /// <summary>A query with parameters added that it does not have.</summary>
    protected string With(string query, string name, params string[] otherwise) => Asked(name).Length > 0
        ? query
        : otherwise.Aggregate(query, (so, value) => $"{so}{(so.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}");
}
