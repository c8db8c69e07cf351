using PartnerLedger.Api.Http;
using PartnerLedger.Domain.Factors;

namespace PartnerLedger.Api.Factors;

/// <summary>What the catalogue is to say of a factor; it goes into the ledger for ever.</summary>
internal abstract record FactorRequest : IValidated
{
    private const int LongestLabel = 200;
    private const int LongestText = 4_000;
    private const int MostMitigations = 20;

    public required string Topic { get; init; }
    public required Polarity Polarity { get; init; }
    public required string Label { get; init; }
    public string? Definition { get; init; }

    /// <summary>Where it was taken from.</summary>
    public string? Source { get; init; }

    /// <summary>What is known to help; up to 20.</summary>
    public IReadOnlyList<string>? Mitigations { get; init; }

    public virtual void Validate(Errors errors)
    {
        errors.Code("/topic", Topic);
        errors.Require("/label", Label, LongestLabel);
        if (Definition is not null)
        {
            errors.Require("/definition", Definition, LongestText);
        }

        if (Source is not null)
        {
            errors.Require("/source", Source, LongestText);
        }

        if (Mitigations?.Count > MostMitigations)
        {
            errors.Add("/mitigations", $"Must have at most {MostMitigations} entries.");
        }

        for (var i = 0; i < Mitigations?.Count; i++)
        {
            errors.Require($"/mitigations/{i}", Mitigations[i], LongestText);
        }
    }

    public Factor ToFactor(string code) => new()
    {
        Code = code,
        Topic = Topic,
        Polarity = Polarity,
        Label = Label,
        Definition = Definition,
        Source = Source,
        Mitigations = Mitigations ?? [],
    };
}

/// <summary>The rule for codes and topics.</summary>
internal static class FactorCodes
{
    private const int Longest = 64;

    public static void Code(this Errors errors, string pointer, string? code)
    {
        if (code is null || code.Length is 0 or > Longest || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || !char.IsAsciiLetterOrDigit(code[0]))
        {
            errors.Add(pointer, $"Must have 1 to {Longest} letters (A to Z), digits, hyphens, underscores or dots, and begin with a letter or digit.");
        }
    }
}
