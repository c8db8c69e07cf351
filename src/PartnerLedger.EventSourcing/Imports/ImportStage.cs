using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>Keeps the events of an import until all of its file is checked: one transaction, of which nothing is seen unless it is completed.</summary>
public sealed class ImportStage : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly CopyRows rows;

    private ImportStage(Guid id, NpgsqlConnection connection, NpgsqlTransaction transaction, CopyRows rows) =>
        (Id, this.connection, this.transaction, this.rows) = (id, connection, transaction, rows);

    public Guid Id { get; }

    public static async Task<ImportStage> Open(NpgsqlDataSource database, Guid id, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var rows = await CopyRows.Begin(
                connection, "ledger_import_event", "import, stream, version, stream_id, id, type, data, texts", cancellationToken);
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
        await rows.Row(8, cancellationToken);
        rows.Write(Id);
        rows.Write(stream);
        rows.Write(version);
        rows.Write(streamId);
        rows.Write(added.Id);
        rows.Write(added.Type);
        rows.Write(added.Data);
        rows.Write(added.Texts.Count == 0 ? null : Write(added.Texts));
    }

    /// <summary>Commits what was added, as an import that is to run; false if its key was taken meanwhile.</summary>
    /// <param name="run">The import.</param>
    /// <param name="people">The informants whom it names.</param>
    public async Task<bool> Complete(ImportRun run, ImportedPeople people, CancellationToken cancellationToken)
    {
        await rows.Complete(cancellationToken);
        try
        {
            await Insert(run, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        await people.Write(connection, Id, cancellationToken);
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

    private static string Write(IReadOnlyList<EventText> texts) =>
        JsonSerializer.Serialize(texts.Select(text => new[] { text.Member, Convert.ToHexStringLower(text.Salt), text.Text }));

    private async Task Insert(ImportRun run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ledger_import (
                id, owner, correlation_id, causation_id, key, secret, request_hmac, stream_type, basis_id, basis_version, lines, streams, events)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
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
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add(NpgsqlDbType type, object? value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
