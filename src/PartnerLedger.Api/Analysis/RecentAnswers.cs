using System.Collections.Concurrent;
using System.Text.Json;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Analysis;

/// <summary>
/// What was counted at the position the read model is at: a question that several ask, or one asks again before anything
/// changes, is counted once. Each caller's disclosure is applied to it anew.
/// </summary>
internal sealed class RecentAnswers(
    SummaryQuery summary, FactorsQuery factors, CooccurrenceQuery cooccurrence, ProfilesQuery profiles, TrendQuery trend, CoursesQuery courses, MovesQuery moves, BriefQuery brief,
    ReadModels models, TimeProvider clock)
{
    private const int MostQuestions = 200;

    // A parked stream that is retried changes what is counted, and not the position.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private volatile Position current = new(-1, 0);

    public Task<Disclosure.Counted<CountedPartnerships>> Summary(AnalysisQuestion question, CancellationToken cancellationToken) =>
        Once("summary", question, summary.Ask, cancellationToken);

    public Task<Disclosure.Counted<IReadOnlyList<CountedFactor>>> Factors(AnalysisQuestion question, CancellationToken cancellationToken) =>
        Once("factors", question, factors.Ask, cancellationToken);

    public Task<Disclosure.Counted<IReadOnlyList<CountedPair>>> Cooccurrence(AnalysisQuestion question, CancellationToken cancellationToken) =>
        Once("cooccurrence", question, cooccurrence.Ask, cancellationToken);

    public Task<Disclosure.Counted<IReadOnlyList<CountedYears>>> Trend(AnalysisQuestion question, CancellationToken cancellationToken) =>
        Once("trend", question, trend.Ask, cancellationToken);

    public Task<Disclosure.Counted<CountedCourses>> Courses(LifeQuestion question, CancellationToken cancellationToken) =>
        Once("courses", question, courses.Ask, cancellationToken);

    public Task<Disclosure.Counted<CountedMoves>> Moves(LifeQuestion question, CancellationToken cancellationToken) =>
        Once("moves", question, moves.Ask, cancellationToken);

    public Task<Disclosure.Counted<CountedBrief>> Brief(AnalysisQuestion question, CancellationToken cancellationToken) =>
        Once("brief", question, brief.Ask, cancellationToken);

    /// <summary>The whole ledger as it was when something was counted, beside which that is disclosed; nothing for those who see every count.</summary>
    public Task<Disclosure.Counted<CountedPartnerships>> Ledger(AnalysisQuestion question, long position, Disclosure disclosure) =>
        Beside(new() { AsOf = question.AsOf, RegionOf = question.RegionOf }, position, disclosure, Summary, new([], 0));

    /// <summary>The partnerships of a question as they were when something else was counted of them; nothing for those who see every count.</summary>
    public Task<Disclosure.Counted<CountedPartnerships>> Chosen(AnalysisQuestion question, long position, Disclosure disclosure) =>
        Beside(question, position, disclosure, Summary, new([], 0));

    /// <summary>How many people told of each side of a comparison, as it was when strata were counted; nothing for those who see every count.</summary>
    public Task<Disclosure.Counted<IReadOnlyList<CountedFactor>>> Sides(AnalysisQuestion question, long position, Disclosure disclosure) =>
        Beside(question with { By = new HashSet<By> { By.State } }, position, disclosure, Factors, []);

    /// <summary>What was noted together as it was when pairs were counted; nothing where no pair is hidden.</summary>
    public Task<Disclosure.Counted<IReadOnlyList<CountedProfile>>> Profiles(
        AnalysisQuestion question, Disclosure.Counted<IReadOnlyList<CountedPair>> pairs, Disclosure disclosure) => disclosure.HidesAny(pairs)
        ? Beside(question, pairs.Position, disclosure, (asked, cancel) => Once("profiles", asked, profiles.Ask, cancel), [])
        : Task.FromResult(new Disclosure.Counted<IReadOnlyList<CountedProfile>>([], pairs.Position));

    // What comes later is left out of account.
    private static async Task<Disclosure.Counted<T>> Beside<T>(
        AnalysisQuestion question, long position, Disclosure disclosure,
        Func<AnalysisQuestion, CancellationToken, Task<Disclosure.Counted<T>>> ask, T nothing)
    {
        if (!disclosure.HidesSmallCounts)
        {
            return new(nothing, position);
        }

        var counted = await ask(question, CancellationToken.None);
        return question.AsOf is not null || counted.Position == position ? counted : await ask(question with { AsOf = position }, CancellationToken.None);
    }

    private async Task<T> Once<TQuestion, T>(string route, TQuestion question, Func<TQuestion, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var at = Now();
        if (at.Asked.Count >= MostQuestions)
        {
            return await ask(question, cancellationToken);
        }

        var key = $"{route} {JsonSerializer.Serialize(question, Json.Options)}";
        var mine = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = at.Asked.GetOrAdd(key, mine);
        if (ReferenceEquals(answer, mine))
        {
            await Count(at, key, mine, ask, question);
        }

        return (T)await answer.Task.WaitAsync(cancellationToken);
    }

    // Others may wait for the same answer, so it does not end with the one who asked first.
    private static async Task Count<TQuestion, T>(
        Position at, string key, TaskCompletionSource<object> answer, Func<TQuestion, CancellationToken, Task<T>> ask, TQuestion question)
        where T : class
    {
        try
        {
            answer.SetResult(await ask(question, CancellationToken.None));
        }
        catch (Exception fault)
        {
            at.Asked.TryRemove(key, out _);
            answer.SetException(fault);
        }
    }

    // Whatever is asked from here on is counted at this position or a later one.
    private Position Now()
    {
        var at = current;
        var applied = models.Find(AnalysisProjection.ProjectionName)?.Applied.Position ?? 0;
        return applied <= at.Applied && clock.GetElapsedTime(at.Since) < Longest ? at : current = new(applied, clock.GetTimestamp());
    }

    private sealed record Position(long Applied, long Since)
    {
        public ConcurrentDictionary<string, TaskCompletionSource<object>> Asked { get; } = new(StringComparer.Ordinal);
    }
}
