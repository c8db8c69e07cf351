using System.Collections;

namespace PartnerLedger.Domain;

/// <summary>An immutable list that is cheap to append to: lists that grew from each other share one buffer.</summary>
public sealed class AppendList<T> : IReadOnlyList<T>
{
    public static readonly AppendList<T> Empty = new(new Buffer([], 0), 0);

    private readonly Buffer _buffer;

    private AppendList(Buffer buffer, int count)
    {
        _buffer = buffer;
        Count = count;
    }

    public int Count { get; }

    public T this[int index] => AsSpan()[index];

    public ReadOnlySpan<T> AsSpan() => _buffer.Items.AsSpan(0, Count);

    public AppendList<T> Add(T item)
    {
        // Only one of the lists that end here may take the next place; whoever comes second, from any thread, copies.
        if (Count < _buffer.Items.Length && Interlocked.CompareExchange(ref _buffer.Used, Count + 1, Count) == Count)
        {
            _buffer.Items[Count] = item;
            return new(_buffer, Count + 1);
        }

        var items = new T[Math.Max(4, Count * 2)];
        AsSpan().CopyTo(items);
        items[Count] = item;
        return new(new(items, Count + 1), Count + 1);
    }

    public AppendList<T> Replace(int index, T item)
    {
        var items = AsSpan().ToArray();
        items[index] = item;
        return new(new(items, Count), Count);
    }

    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new ArraySegment<T>(_buffer.Items, 0, Count).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    private sealed class Buffer(T[] items, int used)
    {
        public readonly T[] Items = items;
        public int Used = used;
    }
}
