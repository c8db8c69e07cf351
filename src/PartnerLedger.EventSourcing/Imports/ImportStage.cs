using System.Buffers;
using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>Keeps the events of an import until all of its file is checked: one transaction, of which nothing is seen unless it is completed.</summary>
public sealed class ImportStage : IAsyncDisposable
{
    // Two rows of so many bytes fit into a page.
    private const int Enough = 3_500;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly CopyRows rows;
    private readonly ArrayBufferWriter<byte> packed = new(2 * Enough);
    private (long Stream, Guid StreamId, long Version, int Events) row;

    private ImportStage(Guid id, NpgsqlConnection connection, NpgsqlTransaction transaction, CopyRows rows) =>
        (Id, this.connection, this.transaction, this.rows) = (id, connection, transaction, rows);

    public Guid Id { get; }

    public static async Task<ImportStage> Open(NpgsqlDataSource database, Guid id, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var rows = await CopyRows.Begin(connection, "ledger_import_event", "import, stream, version, stream_id, events, packed", cancellationToken);
            return new ImportStage(id, connection, transaction, rows);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds an event.</summary>
    /// <param name="stream">The stream's number in the file, from 1; up to 0 where it existed before.</param>
    /// <param name="streamId">Which stream that is.</param>
    /// <param name="version">The event's version in it.</param>
    public async ValueTask Add(long stream, Guid streamId, long version, NewEvent added, CancellationToken cancellationToken)
    {
        if (row.Events == 0 || packed.WrittenCount > Enough || stream != row.Stream)
        {
            await WriteRow(cancellationToken);
            row = (stream, streamId, version, 0);
        }

        row.Events++;
        PackedEvents.Write(packed, added);
    }

    /// <summary>Commits what was added, as an import that is to run; false if its key was taken meanwhile.</summary>
    /// <param name="run">The import.</param>
    /// <param name="people">The informants whom it names.</param>
    public async Task<bool> Complete(ImportRun run, ImportedPeople people, CancellationToken cancellationToken)
    {
        await WriteRow(cancellationToken);
        await rows.Complete(cancellationToken);
        var (given, known) = await people.Write(connection, cancellationToken);
        try
        {
            // Until this is committed nobody who is erased is thought to be forgotten.
            await connection.Execute("select pg_advisory_xact_lock_shared(ledger_staging_lock())", cancellationToken);
            await Insert(run, given, known, [run.Metadata.Actor, .. people.Named, .. known], cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        // Not completed, it is cancelled.
        await rows.DisposeAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async ValueTask WriteRow(CancellationToken cancellationToken)
    {
        if (row.Events == 0)
        {
            return;
        }

        await rows.Row(6, cancellationToken);
        rows.Write(Id);
        rows.Write(row.Stream);
        rows.Write(row.Version);
        rows.Write(row.StreamId);
        rows.Write(row.Events);
        rows.Write(packed.WrittenSpan);
        packed.ResetWrittenCount();
        row.Events = 0;
    }

    private async Task Insert(ImportRun run, Guid[] given, Guid[] known, Guid[] named, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ledger_import (
                id, owner, correlation_id, causation_id, key, secret, request_hmac, stream_type, basis_id, basis_version, lines, streams, events,
                given_people, known_people)
            select $1, $2, $3, $4, $5, case when is_told then $6 end, case when is_told then $7 end, $8, $9, $10, $11, $12, $13, $14, $15
            from (select not exists (select from ledger_erased_person p where p.id = any ($16)) as is_told) erased
            """,
            connection);
        var (metadata, key) = (run.Metadata, run.Key);
        Add(NpgsqlDbType.Uuid, Id);
        Add(NpgsqlDbType.Uuid, metadata.Actor);
        Add(NpgsqlDbType.Text, metadata.CorrelationId);
        Add(NpgsqlDbType.Text, metadata.CausationId);
        Add(NpgsqlDbType.Text, key?.Key);
        Add(NpgsqlDbType.Bytea, key?.Secret);
        Add(NpgsqlDbType.Bytea, key?.RequestHmac);
        Add(NpgsqlDbType.Text, run.StreamType);
        Add(NpgsqlDbType.Uuid, run.Basis?.Id);
        Add(NpgsqlDbType.Bigint, run.Basis?.Version);
        Add(NpgsqlDbType.Bigint, run.Lines);
        Add(NpgsqlDbType.Bigint, run.Streams);
        Add(NpgsqlDbType.Bigint, run.Events);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, given);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, known);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, named);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add(NpgsqlDbType type, object? value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
