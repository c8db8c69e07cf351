using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain.Frameworks;

namespace PartnerLedger.Api.Frameworks;

/// <summary>What a framework is to say. But for the notes it goes into the ledger for ever.</summary>
internal abstract record FrameworkRequest : IValidated
{
    private const int MostFactors = 200;
    private const int MostTerms = 400;

    public required string Name { get; init; }

    /// <summary>Where it was taken from: a reference to the literature, or experience.</summary>
    public required string Source { get; init; }

    /// <summary>1 to 200 factors of the catalogue, each once.</summary>
    public required IReadOnlyList<FrameworkFactorRequest> Factors { get; init; }

    /// <summary>What the framework's own terms stand for, up to 400; a term that stands for several factors is listed with each.</summary>
    public IReadOnlyList<CrosswalkTermRequest>? Crosswalk { get; init; }

    public virtual void Validate(Errors errors)
    {
        errors.RequireName("/name", Name, RequestErrors.LongestName);
        errors.Require("/source", Source, RequestErrors.LongestText);
        if (Factors.Count is 0 or > MostFactors)
        {
            errors.Add("/factors", $"Must have 1 to {MostFactors} factors.");
        }

        var factors = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Factors.Count; i++)
        {
            Factors[i].Validate(errors, $"/factors/{i}", factors);
        }

        if (Crosswalk?.Count > MostTerms)
        {
            errors.Add("/crosswalk", $"Must have at most {MostTerms} terms.");
        }

        var terms = new HashSet<CrosswalkTermRequest>();
        for (var i = 0; i < Crosswalk?.Count; i++)
        {
            Crosswalk[i].Validate(errors, $"/crosswalk/{i}", factors, terms);
        }
    }

    public IReadOnlyList<FrameworkFactor> ToFactors(FreeTexts texts) => [.. Factors.Select(factor => factor.ToFactor(texts))];

    public IReadOnlyList<CrosswalkTerm> ToCrosswalk() => [.. (Crosswalk ?? []).Select(term => new CrosswalkTerm { Term = term.Term, Factor = term.Factor })];
}

/// <summary>A factor that the framework takes up.</summary>
internal sealed record FrameworkFactorRequest
{
    private const int HighestWeight = 1_000;

    /// <summary>A code of GET /api/factors.</summary>
    public required string Factor { get; init; }

    /// <summary>How much it counts beside the framework's other factors: a whole number from 1 to 1,000.</summary>
    public int? Weight { get; init; }

    /// <summary>Why, or what is meant here; can be erased.</summary>
    public string? Note { get; init; }

    public void Validate(Errors errors, string at, HashSet<string> before)
    {
        if (!before.Add(Factor))
        {
            errors.Add($"{at}/factor", "Stands more than once.");
        }

        if (Weight is < 1 or > HighestWeight)
        {
            errors.Add($"{at}/weight", $"Must lie between 1 and {HighestWeight}.");
        }

        errors.Text($"{at}/note", Note);
    }

    public FrameworkFactor ToFactor(FreeTexts texts) => new() { Factor = Factor, Weight = Weight, Note = texts.Commit(Note) };
}

/// <summary>A term of the framework's own, and a factor of the framework that it stands for.</summary>
internal sealed record CrosswalkTermRequest
{
    public required string Term { get; init; }

    /// <summary>A code of GET /api/factors that is among the framework's factors.</summary>
    public required string Factor { get; init; }

    public void Validate(Errors errors, string at, HashSet<string> factors, HashSet<CrosswalkTermRequest> before)
    {
        errors.Require($"{at}/term", Term, RequestErrors.LongestName);
        if (!factors.Contains(Factor))
        {
            errors.Add($"{at}/factor", "Must be among the framework's factors.");
        }

        if (!before.Add(this))
        {
            errors.Add(at, "Stands more than once.");
        }
    }
}
