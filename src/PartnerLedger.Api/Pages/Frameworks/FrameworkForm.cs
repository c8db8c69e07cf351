using PartnerLedger.Api.Frameworks;

namespace PartnerLedger.Api.Pages.Frameworks;

/// <summary>A framework as somebody writes it in a form.</summary>
public sealed class FrameworkForm
{
    /// <summary>The member of the request that the lines of terms come to.</summary>
    public const string Crosswalk = "crosswalk";

    private readonly Dictionary<string, (string? Weight, string? Note)> factors = new(StringComparer.Ordinal);

    public string? Code { get; private init; }

    public string? Name { get; private init; }

    public string? Source { get; private init; }

    /// <summary>A term a line, and behind an equals sign the factors that it stands for.</summary>
    public string? Terms { get; private init; }

    /// <summary>Made when the form was shown, so that what is sent twice is recorded once.</summary>
    public string Key { get; private init; } = Guid.CreateVersion7().ToString();

    /// <summary>The version that it was loaded with; none of a new framework.</summary>
    public long? Version { get; set; }

    /// <summary>The codes of the factors that are taken up, in the framework's order.</summary>
    public IReadOnlyList<string> Taken { get; private init; } = [];

    public string? Weight(string factor) => factors.GetValueOrDefault(factor).Weight;

    public string? Note(string factor) => factors.GetValueOrDefault(factor).Note;

    internal static FrameworkForm Of(FrameworkView framework)
    {
        var form = new FrameworkForm
        {
            Code = framework.Code,
            Name = framework.Name,
            Source = framework.Source,
            Terms = string.Join('\n', framework.Crosswalk.GroupBy(term => term.Term, StringComparer.Ordinal).Select(term => $"{term.Key} = {string.Join(", ", term.Select(each => each.Factor))}")),
            Version = framework.Version,
            Taken = [.. framework.Factors.Select(factor => factor.Factor)],
        };
        foreach (var factor in framework.Factors)
        {
            form.factors.Add(factor.Factor, (factor.Weight?.ToString(), factor.Note));
        }

        return form;
    }

    internal static FrameworkForm Of(IFormCollection sent)
    {
        var form = new FrameworkForm
        {
            Code = sent["code"],
            Name = sent["name"],
            Source = sent["source"],
            Terms = sent["terms"],
            Key = sent["key"].ToString(),
            Version = long.TryParse(sent["version"], out var version) ? version : null,
            Taken = [.. sent["factor"].OfType<string>()],
        };
        foreach (var name in sent.Keys.Where(name => name.StartsWith("weight:", StringComparison.Ordinal)))
        {
            var factor = name["weight:".Length..];
            form.factors.TryAdd(factor, (sent[name], sent["note:" + factor]));
        }

        return form;
    }

    /// <summary>Member by member.</summary>
    internal IEnumerable<(string Label, string Text)> Told() =>
    [
        ("Name", Written(Name)), ("Source", Written(Source)), ("Factors", string.Join('\n', Taken.Select(code => $"{code} {Weight(code)} {Written(Note(code))}".TrimEnd()))),
        ("Terms", Written(Terms)),
    ];

    /// <summary>What the API takes; what was left empty is left out, and a code where it stands in the route.</summary>
    internal Dictionary<string, object> ToRequest(bool withCode)
    {
        var request = new Dictionary<string, object>(StringComparer.Ordinal);
        if (withCode)
        {
            request.Add("code", Code?.Trim() ?? "");
        }

        request.Add("name", Name?.Trim() ?? "");
        request.Add("source", Source?.Trim() ?? "");
        request.Add("factors", Taken.Select(Factor).ToArray());
        request.Add(Crosswalk, Entries().Select(entry => new { entry.Term, entry.Factor }).ToArray());
        return request;
    }

    /// <summary>What is wrong with the lines of terms, which the API would not see.</summary>
    internal IEnumerable<string> FaultyTerms() => Lines()
        .Where(line => line.LastIndexOf('=') < 1 || line.TrimEnd().EndsWith('='))
        .Select(line => $"Write a term, an equals sign, and codes of factors: “{line}” is not like that.");

    /// <summary>The same refusal, with what is wrong with a term told by the term and the factor, which stand in one field with the others.</summary>
    internal ApiProblem Told(ApiProblem refusal)
    {
        var entries = Entries().ToList();
        var told = refusal.Errors.SelectMany(error => error.Value, (error, message) => AtTerm(error.Key) is { } at && at < entries.Count
            ? new { Member = "/" + Crosswalk, Message = $"{entries[at].Term} = {entries[at].Factor}: {message}" }
            : new { Member = error.Key, Message = message });
        return refusal with
        {
            Errors = told.GroupBy(error => error.Member, error => error.Message, StringComparer.Ordinal)
                .ToDictionary(error => error.Key, error => (IReadOnlyList<string>)[.. error], StringComparer.Ordinal),
        };
    }

    private static int? AtTerm(string member) => member.Split('/') is ["", Crosswalk, var place, ..] && int.TryParse(place, out var at) ? at : null;

    // As a browser sends it back.
    private static string Written(string? text) => (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    private string[] Lines() => (Terms ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private IEnumerable<(string Term, string Factor)> Entries() =>
        from line in Lines()
        let sign = line.LastIndexOf('=')
        from factor in line[(sign + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select (line[..sign].Trim(), factor);

    // A weight that is no number goes on as it is, for the API to refuse.
    private Dictionary<string, object> Factor(string code)
    {
        var factor = new Dictionary<string, object>(StringComparer.Ordinal) { ["factor"] = code };
        if (Weight(code) is { } weight && !string.IsNullOrWhiteSpace(weight))
        {
            factor.Add("weight", int.TryParse(weight, out var number) ? number : weight);
        }

        if (Note(code) is { } note && !string.IsNullOrWhiteSpace(note))
        {
            factor.Add("note", note.Trim());
        }

        return factor;
    }
}
