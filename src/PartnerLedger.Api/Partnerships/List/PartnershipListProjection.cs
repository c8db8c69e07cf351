using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.Api.Partnerships.List;

/// <summary>Keeps each partnership as it stands, to search and page through.</summary>
internal sealed class PartnershipListProjection : StreamProjection<Partnership, ListedChanges>
{
    private static readonly string WritePartnerships = SqlFiles.Read(typeof(PartnershipListProjection).Assembly, "write_partnerships.sql");
    private static readonly string WriteChanges = SqlFiles.Read(typeof(PartnershipListProjection).Assembly, "write_changes.sql");

    public const string ProjectionName = "partnerships";

    public override string Name => ProjectionName;

    public override int Version => 3;

    public override string StreamType => PartnershipStream.Type.Name;

    public override string Tables => SqlFiles.Read(typeof(PartnershipListProjection).Assembly, "partnership_list_tables.sql");

    protected override Partnership Fold(Partnership? before, RecordedEvent recorded) => PartnershipStream.Fold(before, recorded);

    protected override void Project(Partnership? before, Partnership after, RecordedEvent recorded, ListedChanges rows) => rows.Add(before, after, recorded);

    protected override async Task Write(ListedChanges rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (rows.Described is { Count: > 0 } described)
        {
            var command = new NpgsqlBatchCommand(WritePartnerships);
            Add(command, NpgsqlDbType.Uuid, described, row => row.Id);
            Add(command, NpgsqlDbType.Text, described, row => row.After.Name);
            Add(command, NpgsqlDbType.Text, described, row => PartnershipRow.Fold(row.After.Name));
            Add(command, NpgsqlDbType.Text, described, row => row.After.State.ToWord());
            Add(command, NpgsqlDbType.Text, described, row => string.Join(',', row.After.Sectors.Select(sector => sector.ToWord())));
            Add(command, NpgsqlDbType.Boolean, described, row => row.After.SectorsComplete);
            Add(command, NpgsqlDbType.Text, described, row => JsonSerializer.Serialize(row.After.Regions));
            Add(command, NpgsqlDbType.Text, described, row => JsonSerializer.Serialize(row.After.Factors));
            Add(command, NpgsqlDbType.Text, described, row => row.After.ProposedOn?.ToString());
            batch.BatchCommands.Add(command);
        }

        var changed = rows.Changed;
        if (changed.Count > 0)
        {
            var command = new NpgsqlBatchCommand(WriteChanges);
            Add(command, NpgsqlDbType.Uuid, changed, row => row.Id);
            Add(command, NpgsqlDbType.Bigint, changed, row => row.After.Version);
            Add(command, NpgsqlDbType.Bigint, changed, row => row.Last.Position);
            Add(command, NpgsqlDbType.TimestampTz, changed, row => row.Last.RecordedAt);
            batch.BatchCommands.Add(command);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, IReadOnlyList<ListedChange> rows, Func<ListedChange, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        command.Parameters.AddArray(type, values);
    }
}
