namespace PartnerLedger.Api.Analysis;

/// <summary>
/// What a batch does to one table of ranges: rows that begin, rows that begin and end within the batch, and rows written
/// earlier that end.
/// </summary>
/// <typeparam name="TKey">What a row is about; at most one row about it holds at a position.</typeparam>
/// <typeparam name="TValue">What the row says of it.</typeparam>
internal sealed class Ranges<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> openedHere = [];
    private readonly List<Row> opened = [];
    private readonly List<(TKey Key, long At)> closed = [];

    public IReadOnlyList<Row> Opened => opened;

    public IReadOnlyList<(TKey Key, long At)> Closed => closed;

    public void Open(TKey key, TValue value, long at)
    {
        openedHere[key] = opened.Count;
        opened.Add(new(key, value, at, null));
    }

    public void Close(TKey key, long at)
    {
        if (openedHere.Remove(key, out var row))
        {
            opened[row] = opened[row] with { To = at };
        }
        else
        {
            closed.Add((key, at));
        }
    }

    /// <summary>A row that holds from a position up to another, or still.</summary>
    internal readonly record struct Row(TKey Key, TValue Value, long From, long? To);
}
