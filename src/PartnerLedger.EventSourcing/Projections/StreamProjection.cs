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
    protected virtual int RecentStreams => 50_000;

    /// <summary>The state after an event; throwing parks the stream.</summary>
    protected abstract TState Fold(TState? before, RecordedEvent recorded);

    /// <summary>Adds what an event changes; reads no clock and makes no ids. Called only with events that were folded.</summary>
    protected abstract void Project(TState? before, TState after, RecordedEvent recorded, TRows rows);

    /// <summary>Writes what a batch changes, set-based.</summary>
    protected abstract Task Write(TRows rows, NpgsqlConnection connection, CancellationToken cancellationToken);

    internal override ProjectionRun Start() => new Run(this);

    private sealed class Run(StreamProjection<TState, TRows> projection) : ProjectionRun
    {
        private const string ReadBeforeSql = $"""
            select {EventStore.EventColumns}
            from unnest($1, $2) as w (stream_id, version)
            join mt_events e on e.stream_id = w.stream_id and e.version < w.version
            join mt_streams s on s.id = e.stream_id
            order by e.stream_id, e.version
            """;

        private readonly RecentStates recent = new(projection.RecentStreams);
        private readonly Dictionary<Guid, StreamState> changed = [];

        public override async Task<IReadOnlyList<StoppedStream>> Apply(
            NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
        {
            var streams = events.GroupBy(e => e.StreamId).ToList();
            var stopped = new List<StoppedStream>();
            await ReadBefore(connection, streams, stopped, cancellationToken);

            var rows = new TRows();
            foreach (var stream in streams.ExceptBy(stopped.Select(s => s.StreamId), s => s.Key))
            {
                foreach (var recorded in stream)
                {
                    try
                    {
                        var before = StateBefore(recorded);
                        var after = projection.Fold(before, recorded);
                        projection.Project(before, after, recorded, rows);
                        changed[stream.Key] = new(after, recorded.Version);
                    }
                    catch (Exception exception)
                    {
                        stopped.Add(new(stream.Key, recorded.Position, exception));
                        break;
                    }
                }
            }

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

        private TState? StateBefore(RecordedEvent recorded) =>
            changed.TryGetValue(recorded.StreamId, out var state) || recent.TryGet(recorded.StreamId, out state)
                ? (TState?)state.Value
                : null;

        // Reads and folds the streams that are not remembered at the version before their first event here.
        private async Task ReadBefore(
            NpgsqlConnection connection, List<IGrouping<Guid, RecordedEvent>> streams, List<StoppedStream> stopped, CancellationToken cancellationToken)
        {
            var unknown = streams.Select(s => s.First())
                .Where(first => !changed.ContainsKey(first.StreamId))
                .Where(first => !(recent.TryGet(first.StreamId, out var state) && state.Version == first.Version - 1))
                .ToList();
            foreach (var first in unknown)
            {
                recent.Forget(first.StreamId);
            }

            var older = unknown.Where(first => first.Version > 1).ToList();
            if (older.Count == 0)
            {
                return;
            }

            await using var command = new NpgsqlCommand(ReadBeforeSql, connection);
            command.Parameters.AddArray(NpgsqlDbType.Uuid, older.Select(first => first.StreamId).ToArray());
            command.Parameters.AddArray(NpgsqlDbType.Bigint, older.Select(first => first.Version).ToArray());
            var read = await EventStore.ReadEvents(command, cancellationToken);
            foreach (var stream in read.GroupBy(e => e.StreamId))
            {
                try
                {
                    var state = stream.Aggregate((TState?)null, projection.Fold);
                    changed[stream.Key] = new(state, stream.Last().Version);
                }
                catch (Exception exception)
                {
                    stopped.Add(new(stream.Key, older.First(e => e.StreamId == stream.Key).Position, exception));
                }
            }
        }
    }
}
