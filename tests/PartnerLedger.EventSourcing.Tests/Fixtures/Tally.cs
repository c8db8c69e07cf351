using System.Text.Json;

namespace PartnerLedger.EventSourcing.Tests.Fixtures;

/// <summary>The simplest stream there is: its state is a sum.</summary>
public static class Tally
{
    public static readonly StreamType Type = new("tally", Fold);

    public static readonly Guid Actor = Guid.CreateVersion7();

    public static Guid NewId() => Guid.CreateVersion7();

    public static StreamCommand Add(Guid stream, int n = 1, int times = 1, IdempotencyKey? key = null) =>
        Decide(stream, (state, _) => Added(state, n, times), key);

    /// <summary>Adds one unless the sum has reached a limit.</summary>
    public static StreamCommand AddBelow(Guid stream, long limit, IdempotencyKey? key = null) =>
        Decide(stream, (state, _) => Sum(state) < limit ? Added(state) : new Proposal.Refuse("full"), key);

    public static StreamCommand Decide(Guid stream, Func<StreamState, StreamState, Proposal> decide, IdempotencyKey? key = null, Guid? basis = null) => new()
    {
        StreamType = Type,
        StreamId = stream,
        Basis = basis is { } id ? (Type, id) : null,
        Decide = decide,
        Metadata = new(Actor, "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"),
        Key = key,
    };

    public static Proposal.Append Added(StreamState state, int n = 1, int times = 1) => new(
        [.. Enumerable.Range(0, times).Select(_ => Event($$"""{"n":{{n}}}"""))], Sum(state) + ((long)n * times), $"sum {Sum(state) + ((long)n * times)}");

    /// <summary>An append of data as it is, JSON or not.</summary>
    public static StreamCommand Raw(Guid stream, string data) => Decide(stream, (_, _) => new Proposal.Append([Event(data)], 0L, ""));

    public static NewEvent Event(string data) => new(Guid.CreateVersion7(), "added", data, []);

    public static IdempotencyKey Key(string key) => new(key, new byte[32], new byte[32]);

    public static long Sum(StreamState state) => (long)(state.Value ?? 0L);

    public static object Fold(object? before, RecordedEvent recorded)
    {
        using var data = JsonDocument.Parse(recorded.Data);
        return (long)(before ?? 0L) + data.RootElement.GetProperty("n").GetInt64();
    }
}
