using System.Runtime.InteropServices;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Analysis;

/// <summary>What a batch of events changes in the analysis, gathered event by event.</summary>
internal sealed class AnalysisRows
{
    private readonly Dictionary<Guid, TouchedPartnership> touched = [];

    public Ranges<Guid, PartnershipAttributes> Partnerships { get; } = new();

    public Ranges<NoteKey, NoteFacts> Notes { get; } = new();

    public Ranges<StepKey, KnownStep> Steps { get; } = new();

    public Ranges<TellerKey, bool> Tellers { get; } = new();

    public Ranges<ToldFromKey, bool> ToldFrom { get; } = new();

    public void Add(Partnership? before, Partnership after, RecordedEvent recorded)
    {
        var stream = recorded.StreamId;
        var at = recorded.Position;
        ref var partnership = ref CollectionsMarshal.GetValueRefOrAddDefault(touched, stream, out var isKnown);
        partnership ??= new(before);

        var attributes = before is null || partnership.Attributes is null ? PartnershipAttributes.Of(after) : partnership.Attributes.After(before, after);
        if (attributes != partnership.Attributes)
        {
            if (before is not null)
            {
                Partnerships.Close(stream, at);
            }

            Partnerships.Open(stream, attributes, at);
        }

        partnership.Follow(after, attributes);
        Steps.Follow(before?.Steps ?? AppendList<StandingStep>.Empty, after.Steps, recorded);
        var notesBefore = before?.Notes ?? AppendList<StandingNote>.Empty;
        var toldBefore = before?.Informants ?? AppendList<StandingInformant>.Empty;
        if (recorded.Type is "event_corrected" or "event_withdrawn")
        {
            CompareNotes(stream, notesBefore, after.Notes, at);
            CompareTellers(stream, toldBefore, after.Informants, at);
        }
        else
        {
            AddNote(stream, notesBefore, after.Notes, at);
            AddTeller(stream, toldBefore, after.Informants, at);
        }
    }

    /// <summary>How the counted present changes: each partnership leaves the cell it was in before the batch and enters the one it is in after.</summary>
    public (Dictionary<Cell, long> Cells, Dictionary<(string Factor, Cell Cell), FactorCount> Factors, RecoveredTellers Recovered) Deltas()
    {
        var cells = new Dictionary<Cell, long>();
        var factors = new Dictionary<(string, Cell), FactorCount>();
        var recovered = new RecoveredTellers();
        foreach (var (stream, partnership) in touched)
        {
            partnership.Count(stream, cells, factors, recovered);
        }

        return (cells, factors, recovered);
    }

    /// <summary>How it changes who told what of the present.</summary>
    public Dictionary<Telling, long> Tellings() => Changes<Telling>((partnership, changes) => partnership.Compare(changes));

    /// <summary>How it changes of how many partnerships two factors are noted.</summary>
    public Dictionary<FactorPair, long> Pairs() => Changes<FactorPair>((partnership, changes) => partnership.Compare(changes));

    /// <summary>How it changes of how many partnerships of a year a factor is noted.</summary>
    public Dictionary<FactorYear, long> Years() => Changes<FactorYear>((partnership, changes) => partnership.Compare(changes));

    private Dictionary<TKey, long> Changes<TKey>(Action<TouchedPartnership, Dictionary<TKey, long>> compare)
        where TKey : notnull
    {
        var changes = new Dictionary<TKey, long>();
        foreach (var partnership in touched.Values)
        {
            compare(partnership, changes);
        }

        return changes;
    }

    // But for corrections and withdrawals, an event adds one at the end or none.
    private void AddNote(Guid stream, AppendList<StandingNote> before, AppendList<StandingNote> after, long at)
    {
        if (after.Count > before.Count)
        {
            Notes.Open(new(stream, after[^1].Version), NoteFacts.Of(after[^1].Note), at);
        }
    }

    private void AddTeller(Guid stream, AppendList<StandingInformant> before, AppendList<StandingInformant> after, long at)
    {
        if (after.Count == before.Count)
        {
            return;
        }

        var told = after[^1];
        var (isNewTeller, isNewRegion) = (told.Informant is not null, told.Region is not null);
        foreach (var earlier in before)
        {
            isNewTeller &= earlier.Informant != told.Informant || (earlier.Region ?? "") != (told.Region ?? "");
            isNewRegion &= earlier.Region != told.Region;
        }

        if (isNewTeller)
        {
            Tellers.Open(new(stream, told.Informant!.Value, told.Region ?? ""), true, at);
        }

        if (isNewRegion)
        {
            ToldFrom.Open(new(stream, told.Region!), true, at);
        }
    }

    // Both lists are in the order of versions.
    private void CompareNotes(Guid stream, AppendList<StandingNote> before, AppendList<StandingNote> after, long at)
    {
        var was = before.AsSpan();
        var stands = after.AsSpan();
        var (i, j) = (0, 0);
        while (i < was.Length || j < stands.Length)
        {
            if (j == stands.Length || (i < was.Length && was[i].Version < stands[j].Version))
            {
                Notes.Close(new(stream, was[i++].Version), at);
            }
            else if (i == was.Length || stands[j].Version < was[i].Version)
            {
                Notes.Open(new(stream, stands[j].Version), NoteFacts.Of(stands[j++].Note), at);
            }
            else if (!ReferenceEquals(was[i].Note, stands[j].Note) && NoteFacts.Of(was[i].Note) != NoteFacts.Of(stands[j].Note))
            {
                Notes.Close(new(stream, was[i++].Version), at);
                Notes.Open(new(stream, stands[j].Version), NoteFacts.Of(stands[j++].Note), at);
            }
            else
            {
                i++;
                j++;
            }
        }
    }

    private void CompareTellers(Guid stream, AppendList<StandingInformant> before, AppendList<StandingInformant> after, long at)
    {
        Compare(Tellers, TellersOf(before), TellersOf(after), at);
        Compare(ToldFrom, RegionsOf(before), RegionsOf(after), at);

        HashSet<TellerKey> TellersOf(AppendList<StandingInformant> informants) =>
            [.. informants.Where(told => told.Informant is not null).Select(told => new TellerKey(stream, told.Informant!.Value, told.Region ?? ""))];

        HashSet<ToldFromKey> RegionsOf(AppendList<StandingInformant> informants) =>
            [.. informants.Where(told => told.Region is not null).Select(told => new ToldFromKey(stream, told.Region!))];
    }

    private static void Compare<TKey>(Ranges<TKey, bool> ranges, HashSet<TKey> before, HashSet<TKey> after, long at)
        where TKey : notnull
    {
        foreach (var gone in before.Except(after))
        {
            ranges.Close(gone, at);
        }

        foreach (var come in after.Except(before))
        {
            ranges.Open(come, true, at);
        }
    }
}

/// <summary>Which note of which partnership.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NoteKey(Guid Stream, long Version);

/// <summary>What a note is counted by.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NoteFacts(string Factor, Guid? Informant, string? Region, DateOnly First, DateOnly Last)
{
    public static NoteFacts Of(FactorNoted note) => new(note.Factor, note.Informant, note.InformantRegion, note.OccurredOn.First, note.OccurredOn.Last);
}

/// <summary>Who told of which partnership, and from where.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TellerKey(Guid Stream, Guid Informant, string Region);

/// <summary>From which region somebody told of which partnership.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ToldFromKey(Guid Stream, string Region);
