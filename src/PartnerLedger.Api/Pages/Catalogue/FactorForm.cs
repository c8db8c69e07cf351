using PartnerLedger.Api.Factors;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Pages.Catalogue;

/// <summary>A factor as somebody writes it in a form.</summary>
public sealed class FactorForm
{
    public string? Code { get; set; }

    public string? Topic { get; set; }

    public string? Polarity { get; set; }

    public string? Label { get; set; }

    public string? Definition { get; set; }

    public string? Source { get; set; }

    /// <summary>One a line.</summary>
    public string? Mitigations { get; set; }

    /// <summary>Made when the form was shown, so that what is sent twice is recorded once.</summary>
    public string Key { get; set; } = Guid.CreateVersion7().ToString();

    /// <summary>The version of the catalogue that it was loaded with; none of a new factor.</summary>
    public long? Version { get; set; }

    /// <summary>Member by member.</summary>
    internal IEnumerable<(string Label, string Text)> Told() =>
    [
        ("Topic", Written(Topic)), ("Polarity", Written(Polarity)), ("Label", Written(Label)), ("Definition", Written(Definition)), ("Source", Written(Source)),
        ("What is known to help", Written(Mitigations)),
    ];

    internal static FactorForm Of(FactorView factor) => new()
    {
        Code = factor.Code,
        Topic = factor.Topic,
        Polarity = factor.Polarity.ToWord(),
        Label = factor.Label,
        Definition = factor.Definition,
        Source = factor.Source,
        Mitigations = string.Join('\n', factor.Mitigations),
    };

    /// <summary>What the API takes; what was left empty is left out, and a code where it stands in the route.</summary>
    internal Dictionary<string, object> ToRequest(bool withCode)
    {
        var request = new Dictionary<string, object>(StringComparer.Ordinal);
        if (withCode)
        {
            request.Add("code", Code?.Trim() ?? "");
        }

        request.Add("topic", Topic?.Trim() ?? "");
        request.Add("polarity", Polarity ?? "");
        request.Add("label", Label?.Trim() ?? "");
        foreach (var (name, text) in new[] { ("definition", Definition), ("source", Source) })
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                request.Add(name, text.Trim());
            }
        }

        request.Add("mitigations", (Mitigations ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return request;
    }

    // As a browser sends it back.
    private static string Written(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();
}
