using System.Diagnostics.CodeAnalysis;
using PartnerLedger.Api.Frameworks;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>Reads what is asked from the query, and refuses what cannot be answered: unknown words, moments to come, days too fine for the caller.</summary>
internal sealed class QuestionReader(Regions regions, Catalogues catalogues, EventStore store, ReadModels models, TimeProvider clock)
{
    private const string ByMonth = "For analysts asOf, from and to step by whole months";

    public Task<AskedQuestion> Read(PartnershipParameters asked, Disclosure disclosure, CancellationToken cancellationToken) =>
        Resolve(new(), asked, disclosure, new(), cancellationToken);

    public Task<AskedQuestion> Read(PartnershipParameters asked, FactorParameters factors, Disclosure disclosure, CancellationToken cancellationToken) =>
        Read(new AnalysisQuestion(), asked, factors, disclosure, new(), cancellationToken);

    public Task<AskedQuestion> Read(
        PartnershipParameters asked, FactorParameters factors, SplitParameters split, Disclosure disclosure, CancellationToken cancellationToken) =>
        Read(new AnalysisQuestion { By = (split.By ?? []).Select(word => word.Value).ToHashSet() }, asked, factors, disclosure, new(), cancellationToken);

    /// <summary>What is counted so that a contrast can be drawn: the group's states and the others', each stratum for itself.</summary>
    public async Task<AskedQuestion> Read(
        PartnershipParameters asked, FactorParameters factors, Contrast contrast, Disclosure disclosure, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        contrast.Check(errors);
        var question = new AnalysisQuestion { By = contrast.By, StatesAsOne = contrast.Sides, CountsInformants = disclosure.HidesSmallCounts, EnoughInformants = disclosure.Threshold };
        var read = await Read(question, asked, factors, disclosure, errors, cancellationToken);
        return read.Question is { } answerable ? new(answerable with { States = contrast.States }, null) : read;
    }

    /// <summary>What is counted so that lives can be followed to their ends.</summary>
    public Task<AskedQuestion> Read(
        PartnershipParameters asked, FactorParameters factors, TimeToEnd ends, Disclosure disclosure, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        ends.Check(factors, errors);
        return Read(new AnalysisQuestion(), asked, factors, disclosure, errors, cancellationToken);
    }

    /// <summary>What is counted so that a partnership of a shape can be planned: those of exactly its sectors, in every state.</summary>
    public async Task<AskedQuestion> ReadBrief(PartnershipParameters asked, FactorParameters factors, Disclosure disclosure, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        foreach (var (name, isAsked) in new[] { ("state", asked.State is not (null or [])), ("polarity", factors.Polarity is not (null or [])) })
        {
            if (isAsked)
            {
                errors.Add(name, "Is not for this question, which sets states and polarities beside each other.");
            }
        }

        var read = await Read(new AnalysisQuestion { CountsInformants = disclosure.HidesSmallCounts, EnoughInformants = disclosure.Threshold }, asked, factors, disclosure, errors, cancellationToken);
        return read.Question is { Sectors: { Count: > 0 } sectors } question ? new(question with { Sectors = [], Combination = SectorBits.Of(sectors) }, null) : read;
    }

    /// <summary>What is counted so that topics can be set side by side: both polarities, each state for itself.</summary>
    public async Task<AskedQuestion> Read(
        PartnershipParameters asked, FactorParameters factors, Complementarity complementarity, Disclosure disclosure, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        Complementarity.Check(asked, factors, errors);
        var question = new AnalysisQuestion { By = new HashSet<By> { By.State, By.Topic }, CountsInformants = disclosure.HidesSmallCounts };
        var read = await Read(question, asked, factors, disclosure, errors, cancellationToken);
        return read.Question is { } answerable ? new(OfTopics(answerable) with { States = complementarity.States }, null) : read;
    }

    // A row speaks of all factors of its topic: factors and frameworks choose the topics that have one.
    private AnalysisQuestion OfTopics(AnalysisQuestion question)
    {
        var topics = question.ChoosesFactors ? catalogues.Newest.Factors.Values.Where(question.Wants).Select(factor => factor.Topic).Distinct(StringComparer.Ordinal).ToList() : [];
        return topics.Count == 0 ? question : question with { Factors = [], FrameworkFactors = null, Topics = topics };
    }

    private async Task<AskedQuestion> Read(
        AnalysisQuestion question, PartnershipParameters asked, FactorParameters factors, Disclosure disclosure, Errors errors, CancellationToken cancellationToken)
    {
        question = question with
        {
            Factors = factors.Factor ?? [],
            Topics = factors.Topic ?? [],
            Polarities = [.. (factors.Polarity ?? []).Select(word => word.Value)],
        };
        if (question.Factors.Count > 0 || question.Topics.Count > 0)
        {
            // What the newest known version does not know, a newer one may.
            var catalogue = catalogues.Newest;
            if (Unknown(question, catalogue).Any())
            {
                catalogue = await catalogues.ReadNewest(cancellationToken);
            }

            foreach (var (parameter, word) in Unknown(question, catalogue))
            {
                errors.Add(parameter, $"The catalogue knows no {parameter} {word}.");
            }
        }

        if (factors.Framework is { Length: > 0 } frameworks)
        {
            question = question with { FrameworkFactors = await FactorsOf(frameworks, asked.AsOf, errors, cancellationToken) };
        }

        return await Resolve(question, asked, disclosure, errors, cancellationToken);
    }

    // Each framework as it stands, or as it stood at the moment that is asked of.
    private async Task<IReadOnlyList<string>> FactorsOf(string[] frameworks, Moment? asOf, Errors errors, CancellationToken cancellationToken)
    {
        var position = asOf is { } moment ? await store.PositionAt(moment.Utc, cancellationToken) : long.MaxValue;
        var factors = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var code in frameworks.Distinct(StringComparer.Ordinal))
        {
            var events = await store.ReadFramework(code, cancellationToken, toPosition: position);
            if (events.Count == 0)
            {
                errors.Add("framework", asOf is null ? $"There is no framework {code}." : $"There was no framework {code} then.");
            }
            else
            {
                factors.UnionWith(events.Aggregate((Framework?)null, FrameworkStream.Fold)!.Factors.Select(factor => factor.Factor));
            }
        }

        return [.. factors];
    }

    private async Task<AskedQuestion> Resolve(
        AnalysisQuestion question, PartnershipParameters asked, Disclosure disclosure, Errors errors, CancellationToken cancellationToken)
    {
        foreach (var region in (asked.Region ?? []).Where(region => !regions.Contains(region)))
        {
            errors.Add("region", $"Must be one of {string.Join(", ", regions.All)}.");
        }

        var from = Day(errors, "from", asked.From)?.First;
        var to = Day(errors, "to", asked.To)?.Last;
        if (from > to)
        {
            errors.Add("to", "Must not lie before from.");
        }

        if (asked.AsOf?.Utc > clock.GetUtcNow().UtcDateTime)
        {
            errors.Add("asOf", "Must not be in the future.");
        }

        if (disclosure.IsByMonth)
        {
            RequireMonths(errors, from, to, asked.AsOf?.Utc);
        }

        if (errors.Any)
        {
            return new(null, Problems.Invalid(errors));
        }

        if (models.Unreadable(AnalysisProjection.ProjectionName) is { } unreadable)
        {
            return new(null, unreadable);
        }

        var position = asked.AsOf is { } moment ? await store.PositionAt(moment.Utc, cancellationToken) : (long?)null;
        return position is { } wanted && !await models.WaitFor(wanted, cancellationToken)
            ? new(null, new Problem(Problems.NotYetVisible))
            : new(
                question with
                {
                    States = [.. (asked.State ?? []).Select(word => word.Value)],
                    Sectors = [.. (asked.Sector ?? []).Select(word => word.Value)],
                    Regions = asked.Region ?? [],
                    RegionOf = asked.RegionOf?.Value ?? RegionOf.Partnership,
                    From = from,
                    To = to,
                    AsOf = position,
                },
                null);
    }

    private static IEnumerable<(string Parameter, string Word)> Unknown(AnalysisQuestion question, Catalogue catalogue) =>
    [
        .. question.Factors.Where(code => !catalogue.Factors.ContainsKey(code)).Select(code => ("factor", code)),
        .. question.Topics.Except(catalogue.Factors.Values.Select(factor => factor.Topic), StringComparer.Ordinal).Select(topic => ("topic", topic)),
    ];

    private static PartialDate? Day(Errors errors, string parameter, string? text)
    {
        if (text is null || PartialDate.TryParse(text, out var date))
        {
            return text is null ? null : PartialDate.Parse(text);
        }

        errors.Add(parameter, "Must be a date like 2024, 2024-03 or 2024-03-15.");
        return null;
    }

    private static void RequireMonths(Errors errors, DateOnly? from, DateOnly? to, DateTime? asOf)
    {
        if (from is { Day: not 1 })
        {
            errors.Add("from", $"{ByMonth}: must be a month, a year, or the first day of a month.");
        }

        if (to?.AddDays(1) is { Day: not 1 })
        {
            errors.Add("to", $"{ByMonth}: must be a month, a year, or the last day of a month.");
        }

        if (asOf is { } moment && (moment.Day != 1 || moment.TimeOfDay != TimeSpan.Zero))
        {
            errors.Add("asOf", $"{ByMonth}: must be the first moment of a month (UTC), like 2024-03-01T00:00:00Z.");
        }
    }
}

/// <summary>A question that can be answered, or why not.</summary>
internal sealed record AskedQuestion(AnalysisQuestion? Question, Problem? Refusal)
{
    public bool IsRefused([NotNullWhen(true)] out Problem? refusal, [NotNullWhen(false)] out AnalysisQuestion? question)
    {
        (refusal, question) = (Refusal, Question);
        return refusal is not null;
    }
}
