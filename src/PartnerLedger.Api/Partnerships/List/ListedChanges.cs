using System.Runtime.InteropServices;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Partnerships.List;

/// <summary>The partnerships that a batch of events changes, each as it was before the batch and is after it.</summary>
internal sealed class ListedChanges
{
    private readonly Dictionary<Guid, int> places = [];
    private readonly List<ListedChange> changed = [];

    public IReadOnlyList<ListedChange> Changed => changed;

    /// <summary>Those of which the list shows more than that they changed.</summary>
    public IReadOnlyList<ListedChange> Described => changed.FindAll(change => change.IsDescribedAnew);

    public void Add(Partnership? before, Partnership after, RecordedEvent recorded)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, recorded.StreamId, out var isKnown);
        if (isKnown)
        {
            changed[place] = changed[place] with { After = after, Last = recorded };
        }
        else
        {
            place = changed.Count;
            changed.Add(new(before, after, recorded));
        }
    }
}

/// <summary>A partnership before and after a batch, and the last event that changed it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ListedChange(Partnership? Before, Partnership After, RecordedEvent Last)
{
    public Guid Id => Last.StreamId;

    // A list that is another instance may hold the same: then the row is only written once more.
    public bool IsDescribedAnew => Before is null
        || Before.Name != After.Name
        || Before.State != After.State
        || Before.SectorsComplete != After.SectorsComplete
        || Before.ProposedOn != After.ProposedOn
        || !ReferenceEquals(Before.Sectors, After.Sectors)
        || !ReferenceEquals(Before.Regions, After.Regions)
        || !ReferenceEquals(Before.Factors, After.Factors);
}
