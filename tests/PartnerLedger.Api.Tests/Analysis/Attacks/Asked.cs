namespace PartnerLedger.Api.Tests.Analysis.Attacks;

/// <summary>A question as it stands in a path, and what it says.</summary>
internal sealed record Asked(string Route, IReadOnlyList<(string Name, string Value)> Query)
{
    public string Path => Query.Count == 0 ? Route : $"{Route}?{string.Join('&', Query.Select(one => $"{one.Name}={one.Value}"))}";

    public string[] this[string name] => [.. Query.Where(one => one.Name == name).Select(one => one.Value)];

    public override string ToString() => Path;
}
