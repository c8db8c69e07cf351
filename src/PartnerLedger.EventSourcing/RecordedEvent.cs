namespace PartnerLedger.EventSourcing;

/// <summary>An event as the ledger has it: its place in its stream and in the ledger, what happened, when it was recorded and on whose account.</summary>
public sealed record RecordedEvent
{
    private Known known;

    /// <summary>Place in the whole ledger, from 1, without gaps, in the order of commits.</summary>
    public required long Position { get; init; }

    /// <summary>Place in its stream, from 1.</summary>
    public required long Version { get; init; }

    public required Guid Id { get; init; }
    public required Guid StreamId { get; init; }
    public required string StreamType { get; init; }

    /// <summary>Name of the event's type, in snake_case.</summary>
    public required string Type
    {
        get;
        init
        {
            field = value;
            known = default;
        }
    }

    /// <summary>What happened, as JSON; member order is the database's, not the canonical one.</summary>
    public required string Data
    {
        get;
        init
        {
            field = value;
            known = default;
        }
    }

    /// <summary>The server's clock, UTC, to the microsecond; never falls along the ledger.</summary>
    public required DateTime RecordedAt { get; init; }

    public string? Actor { get; init; }
    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }

    /// <summary>The state of its stream after it; null where nobody has told.</summary>
    public object? StateAfter => known.State;

    /// <summary>What happened, read from type and data by whoever asks first and then kept.</summary>
    public T Read<T>(Func<string, string, T> read)
        where T : class
    {
        if (known.Content is T content)
        {
            return content;
        }

        content = read(Type, Data);
        known = new(content, known.State);
        return content;
    }

    /// <summary>Keeps what the data was written from, and what its stream became.</summary>
    internal void Keep(object? content, object? state) => known = new(content, state);

    // It follows from what is recorded: two events that are equal in that are equal, whatever is known of them.
    private readonly struct Known(object? content, object? state) : IEquatable<Known>
    {
        public object? Content { get; } = content;

        public object? State { get; } = state;

        public bool Equals(Known other) => true;

        public override bool Equals(object? obj) => obj is Known;

        public override int GetHashCode() => 0;
    }
}
