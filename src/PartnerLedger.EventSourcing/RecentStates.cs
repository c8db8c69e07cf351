namespace PartnerLedger.EventSourcing;

/// <summary>The states of the streams used last, at a known version; the least recently used go first.</summary>
internal sealed class RecentStates(int capacity)
{
    private readonly Dictionary<Guid, LinkedListNode<(Guid Id, StreamState State)>> nodes = [];
    private readonly LinkedList<(Guid Id, StreamState State)> byUse = new();

    public bool TryGet(Guid id, out StreamState state)
    {
        if (!nodes.TryGetValue(id, out var node))
        {
            state = default;
            return false;
        }

        byUse.Remove(node);
        byUse.AddFirst(node);
        state = node.Value.State;
        return true;
    }

    public void Set(Guid id, StreamState state)
    {
        Forget(id);
        nodes[id] = byUse.AddFirst((id, state));
        if (nodes.Count > capacity)
        {
            Forget(byUse.Last!.Value.Id);
        }
    }

    public void Forget(Guid id)
    {
        if (nodes.Remove(id, out var node))
        {
            byUse.Remove(node);
        }
    }

    public void Clear()
    {
        nodes.Clear();
        byUse.Clear();
    }
}
