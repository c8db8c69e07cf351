using System.Collections;

namespace PartnerLedger.Domain;

/// <summary>An immutable list that is cheap to append to: lists that grew from each other share one buffer.</summary>
public sealed class AppendList<T> : IReadOnlyList<T>
{
    public static readonly AppendList<T> Empty = new(new Buffer([], 0), 0);

    private readonly Buffer buffer;

    private AppendList(Buffer buffer, int count)
    {
        this.buffer = buffer;
        Count = count;
    }

    public int Count { get; }

    public T this[int index] => AsSpan()[index];

    public ReadOnlySpan<T> AsSpan() => buffer.Items.AsSpan(0, Count);

    public AppendList<T> Add(T item)
    {
        // Only one of the lists that end here may take the next place; whoever comes second, from any thread, copies.
        if (Count < buffer.Items.Length && Interlocked.CompareExchange(ref buffer.Used, Count + 1, Count) == Count)
        {
            buffer.Items[Count] = item;
            return new(buffer, Count + 1);
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

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new ArraySegment<T>(buffer.Items, 0, Count).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    private sealed class Buffer(T[] items, int used)
    {
        public readonly T[] Items = items;
        public int Used = used;
    }
}
