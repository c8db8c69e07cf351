using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing.Projections;

/// <summary>
/// A projection that follows each stream's state: events are folded in memory, what they change is gathered as rows, and the
/// rows of a whole batch are written by a few set-based statements.
/// </summary>
/// <typeparam name="TState">State of one stream.</typeparam>
/// <typeparam name="TRows">What a batch changes in the tables.</typeparam>
public abstract class StreamProjection<TState, TRows> : Projection
    where TState : class
    where TRows : new()
{
    /// <summary>How many streams' states are remembered, so that they need not be read and folded again.</summary>
    protected virtual int RecentStreams => 20_000;

    /// <summary>The state after an event; throwing parks the stream.</summary>
    protected abstract TState Fold(TState? before, RecordedEvent recorded);

    /// <summary>
    /// Adds what an event changes; reads no clock and makes no ids. Called only with events that were folded. What the two states share may be
    /// other objects in each: they are compared by what they say.
    /// </summary>
    protected abstract void Project(TState? before, TState after, RecordedEvent recorded, TRows rows);

    /// <summary>Writes what a batch changes, set-based.</summary>
    protected abstract Task Write(TRows rows, NpgsqlConnection connection, CancellationToken cancellationToken);

    internal override ProjectionRun Start() => new Run(this);

    private sealed class Run(StreamProjection<TState, TRows> projection) : ProjectionRun
    {
        private const string ReadBeforeSql = $"""
            select {EventStore.EventColumns}
            from unnest($1, $2, $3) as w (stream_id, after, version)
            join mt_events e on e.stream_id = w.stream_id and e.version > w.after and e.version < w.version
            join mt_streams s on s.id = e.stream_id
            order by e.stream_id, e.version
            """;

        private readonly RecentStates<Guid> recent = new(projection.RecentStreams);
        private readonly Dictionary<Guid, StreamState> changed = [];

        public override async Task<IReadOnlyList<StoppedStream>> Apply(
            NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
        {
            var streams = events.GroupBy(e => e.StreamId).ToDictionary(s => s.Key, s => s.ToList());
            var stopped = new List<StoppedStream>();
            var before = await StatesBefore(connection, streams, stopped, cancellationToken);
            foreach (var stream in stopped)
            {
                streams.Remove(stream.StreamId);
            }

            var rows = Gather(streams, before, stopped);
            await projection.Write(rows, connection, cancellationToken);
            return stopped;
        }

        public override void Keep()
        {
            foreach (var (id, state) in changed)
            {
                recent.Set(id, state);
            }

            changed.Clear();
        }

        public override void Drop() => changed.Clear();

        // An event that throws may have left rows half gathered: gather anew without it and what follows it in its stream.
        private TRows Gather(Dictionary<Guid, List<RecordedEvent>> streams, Dictionary<Guid, StreamState> before, List<StoppedStream> stopped)
        {
            while (true)
            {
                var rows = new TRows();
                if (FirstThatThrows(streams, before, rows) is not { } poison)
                {
                    return rows;
                }

                Drop();
                stopped.Add(poison);
                streams[poison.StreamId].RemoveAll(e => e.Position >= poison.Position);
            }
        }

        private StoppedStream? FirstThatThrows(Dictionary<Guid, List<RecordedEvent>> streams, Dictionary<Guid, StreamState> before, TRows rows)
        {
            foreach (var (id, events) in streams)
            {
                var state = (TState?)before.GetValueOrDefault(id).Value;
                foreach (var recorded in events)
                {
                    try
                    {
                        var after = projection.Fold(state, recorded);
                        projection.Project(state, after, recorded, rows);
                        changed[id] = new(after, recorded.Version);
                        state = after;
                    }
                    catch (Exception exception)
                    {
                        return new(id, recorded.Position, exception);
                    }
                }
            }

            return null;
        }

        // The streams' states at the version before their first event here: remembered, or what is missing read and folded onto what is remembered.
        private async Task<Dictionary<Guid, StreamState>> StatesBefore(
            NpgsqlConnection connection, Dictionary<Guid, List<RecordedEvent>> streams, List<StoppedStream> stopped, CancellationToken cancellationToken)
        {
            var before = new Dictionary<Guid, StreamState>();
            var unknown = new Dictionary<Guid, (RecordedEvent First, StreamState Remembered)>();
            foreach (var first in streams.Values.Select(events => events[0]))
            {
                var remembered = recent.TryGet(first.StreamId, out var state) && state.Version < first.Version ? state : default;
                if (remembered.Version == first.Version - 1)
                {
                    before[first.StreamId] = remembered;
                }
                else
                {
                    unknown[first.StreamId] = (first, remembered);
                }
            }

            if (unknown.Count == 0)
            {
                return before;
            }

            await using var command = new NpgsqlCommand(ReadBeforeSql, connection);
            command.Parameters.AddArray(NpgsqlDbType.Uuid, unknown.Keys.ToArray());
            command.Parameters.AddArray(NpgsqlDbType.Bigint, unknown.Values.Select(stream => stream.Remembered.Version).ToArray());
            command.Parameters.AddArray(NpgsqlDbType.Bigint, unknown.Values.Select(stream => stream.First.Version).ToArray());
            foreach (var stream in (await EventStore.ReadEvents(command, cancellationToken)).GroupBy(e => e.StreamId))
            {
                try
                {
                    before[stream.Key] = new(stream.Aggregate((TState?)unknown[stream.Key].Remembered.Value, projection.Fold), stream.Last().Version);
                }
                catch (Exception exception)
                {
                    stopped.Add(new(stream.Key, unknown[stream.Key].First.Position, exception));
                }
            }

            return before;
        }
    }
}
