using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships.Diff;

/// <summary>Says in plain sentences how what is known of a partnership changed.</summary>
internal static class DiffSentences
{
    public static IEnumerable<string> Of((Partnership Known, string? Purpose) from, (Partnership Known, string? Purpose) to)
    {
        var (before, after) = (from.Known, to.Known);
        string?[] sentences =
        [
            Changed("It was", before.State.ToWord(), "and is now", after.State.ToWord()),
            Changed("It was called", Quoted(before.Name), "and is now called", Quoted(after.Name)),
            before.Purpose == after.Purpose ? null : Purpose(from, to),
            Changed("Its regions were", Listed(before.Regions), "and are now", Listed(after.Regions)),
            .. Partners(before, after),
            before.SectorsComplete == after.SectorsComplete ? null : $"The sectors of its partners are {(after.SectorsComplete ? "now all known" : "no longer all known")}.",
            .. Factors(before, after),
            Changed("It was first proposed", On(before.ProposedOn), "which is now told as", On(after.ProposedOn)),
        ];
        return sentences.OfType<string>();
    }

    internal static string Quoted(string text) => $"“{text}”";

    internal static string Listed(IReadOnlyList<string> words) => words.Count == 0 ? "none" : string.Join(", ", words);

    internal static string Named(string name, string sector, string? country) => $"{name} ({sector}{(country is null ? "" : $", {country}")})";

    private static string Purpose((Partnership Known, string? Text) from, (Partnership Known, string? Text) to) => (from, to) switch
    {
        ({ Known.Purpose: null }, { Text: { } now }) => $"Its purpose was written: {Quoted(now)}.",
        ({ Text: { } then }, { Known.Purpose: null }) => $"Its purpose was taken back: {Quoted(then)}.",
        ({ Text: { } then }, { Text: { } now }) => $"Its purpose was {Quoted(then)}, and is now {Quoted(now)}.",
        _ => "Its purpose was changed.",
    };

    private static IEnumerable<string?> Partners(Partnership before, Partnership after)
    {
        var (then, now) = (before.Partners.ToDictionary(Key), after.Partners.ToDictionary(Key));
        foreach (var (key, partner) in now)
        {
            if (!then.TryGetValue(key, out var known))
            {
                yield return $"{Named(partner)} joined, {On(partner.JoinedOn)}{(partner.LeftOn is { } left ? $", and left, {On(left)}" : "")}.";
                continue;
            }

            yield return known.Partner == partner.Partner ? null : $"What was told of {Named(known)} is now told of {Named(partner)}.";
            yield return Changed($"{Named(partner)} joined", On(known.JoinedOn), "which is now told as", On(partner.JoinedOn));
            yield return (known.LeftOn, partner.LeftOn) switch
            {
                (null, { } left) => $"{Named(partner)} left, {On(left)}.",
                ({ }, null) => $"That {Named(partner)} left no longer counts.",
                _ => Changed($"{Named(partner)} left", On(known.LeftOn), "which is now told as", On(partner.LeftOn)),
            };
        }

        foreach (var gone in before.Partners.Where(partner => !now.ContainsKey(Key(partner))))
        {
            yield return $"{Named(gone)} no longer counts as a partner.";
        }
    }

    private static IEnumerable<string?> Factors(Partnership before, Partnership after)
    {
        var (then, now) = (before.Notes.ToDictionary(note => note.Version), after.Notes.ToDictionary(note => note.Version));
        yield return Noted("Noted", after.Notes.Where(note => !then.ContainsKey(note.Version)));
        yield return Noted("No longer noted", before.Notes.Where(note => !now.ContainsKey(note.Version)));
        foreach (var note in before.Notes.Where(note => now.ContainsKey(note.Version)))
        {
            yield return Changed($"The note of version {note.Version} was", Told(note), "and is now", Told(now[note.Version]));
        }
    }

    private static string? Noted(string word, IEnumerable<StandingNote> notes) =>
        notes.Select(Told).ToList() is { Count: > 0 } told ? $"{word}: {string.Join("; ", told)}." : null;

    private static string? Changed(string was, string then, string isNow, string now) => then == now ? null : $"{was} {then}, {isNow} {now}.";

    private static (long, int) Key(KnownPartner partner) => (partner.JoinedWith, partner.Index);

    private static string Named(KnownPartner known) => Named(known.Partner.Name ?? "A partner", known.Partner.Sector.ToWord(), known.Partner.Country);

    private static string Told(StandingNote note) => $"{note.Note.Factor} ({note.Note.Polarity.ToWord()}, {note.Note.Topic}), {On(note.Note.OccurredOn)}";

    private static string On(PartialDate? date) => date?.ToString() ?? "at no known time";
}
