using Npgsql;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>A read model made from the events: its tables, and how events become rows.</summary>
public abstract class Projection
{
    /// <summary>Name of the projection; its tables lie in the schema <c>read_</c> + name.</summary>
    public abstract string Name { get; }

    /// <summary>Raised whenever tables or rules change; the read model is then rebuilt by itself.</summary>
    public abstract int Version { get; }

    /// <summary>The kind of streams it reads.</summary>
    public abstract string StreamType { get; }

    /// <summary>SQL that makes its tables, with unqualified names.</summary>
    public abstract string Tables { get; }

    public string Schema => $"read_{Name}";

    /// <summary>Starts to apply events, live or for a rebuild, with memory of its own.</summary>
    internal abstract ProjectionRun Start();
}

/// <summary>One course of applying events: what it remembers of the streams it has seen counts only once kept.</summary>
internal abstract class ProjectionRun
{
    /// <summary>Turns events, in ledger order, into rows within the open transaction; gives back the streams it had to stop at.</summary>
    public abstract Task<IReadOnlyList<StoppedStream>> Apply(
        NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken);

    /// <summary>The transaction was committed.</summary>
    public abstract void Keep();

    /// <summary>The transaction, or its part since the last savepoint, was rolled back.</summary>
    public abstract void Drop();
}

/// <summary>A stream whose event could not be applied.</summary>
internal readonly record struct StoppedStream(Guid StreamId, long Position, Exception Reason);
