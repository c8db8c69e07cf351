namespace PartnerLedger.EventSourcing;

/// <summary>The states of the streams used last, at a known version; the least recently used go first.</summary>
internal sealed class RecentStates<TKey>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, StreamState State)>> nodes = [];
    private readonly LinkedList<(TKey Key, StreamState State)> byUse = new();

    public bool TryGet(TKey key, out StreamState state)
    {
        if (!nodes.TryGetValue(key, out var node))
        {
            state = default;
            return false;
        }

        byUse.Remove(node);
        byUse.AddFirst(node);
        state = node.Value.State;
        return true;
    }

    public void Set(TKey key, StreamState state)
    {
        Forget(key);
        nodes[key] = byUse.AddFirst((key, state));
        if (nodes.Count > capacity)
        {
            Forget(byUse.Last!.Value.Key);
        }
    }

    public void Forget(TKey key)
    {
        if (nodes.Remove(key, out var node))
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
