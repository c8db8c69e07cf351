namespace PartnerLedger.EventSourcing;

/// <summary>
/// The states of the streams used last, at a known version: between half and all of the capacity. When the young half is full it
/// becomes the old one, and what was not used since is forgotten; so a use links nothing, which would burden the garbage collector.
/// </summary>
internal sealed class RecentStates<TKey>(int capacity)
    where TKey : notnull
{
    private Dictionary<TKey, StreamState> young = [];
    private Dictionary<TKey, StreamState> old = [];

    public bool TryGet(TKey key, out StreamState state)
    {
        if (young.TryGetValue(key, out state))
        {
            return true;
        }

        if (!old.TryGetValue(key, out state))
        {
            return false;
        }

        Set(key, state);
        return true;
    }

    public void Set(TKey key, StreamState state)
    {
        if (young.Count >= capacity / 2)
        {
            (old, young) = (young, []);
        }

        young[key] = state;
    }

    public void Forget(TKey key)
    {
        young.Remove(key);
        old.Remove(key);
    }

    public void Clear()
    {
        young.Clear();
        old.Clear();
    }
}
