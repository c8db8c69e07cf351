using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.Api.Partnerships.List;

/// <summary>Keeps a row a partnership, as it stands, to search and page through.</summary>
internal sealed class PartnershipListProjection : StreamProjection<Partnership, Dictionary<Guid, PartnershipRow>>
{
    private static readonly string WriteSql = SqlFiles.Read(typeof(PartnershipListProjection).Assembly, "write_partnerships.sql");

    public const string ProjectionName = "partnerships";

    public override string Name => ProjectionName;

    public override int Version => 1;

    public override string StreamType => PartnershipStream.Type.Name;

    public override string Tables => SqlFiles.Read(typeof(PartnershipListProjection).Assembly, "partnership_list_tables.sql");

    protected override Partnership Fold(Partnership? before, RecordedEvent recorded) => PartnershipStream.Fold(before, recorded);

    protected override void Project(Partnership? before, Partnership after, RecordedEvent recorded, Dictionary<Guid, PartnershipRow> rows) =>
        rows[recorded.StreamId] = new PartnershipRow
        {
            Id = recorded.StreamId,
            Name = after.Name,
            State = after.State,
            Sectors = after.Sectors,
            SectorsComplete = after.SectorsComplete,
            Regions = after.Regions,
            Factors = [.. after.Notes.Select(note => note.Note.Factor).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            ProposedOn = after.ProposedOn,
            Version = after.Version,
            Position = recorded.Position,
            LastRecordedAt = recorded.RecordedAt,
        };

    protected override async Task Write(Dictionary<Guid, PartnershipRow> rows, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WriteSql, connection);
        Add(NpgsqlDbType.Uuid, row => row.Id);
        Add(NpgsqlDbType.Text, row => row.Name);
        Add(NpgsqlDbType.Text, row => PartnershipRow.Fold(row.Name));
        Add(NpgsqlDbType.Text, row => row.State.ToWord());
        Add(NpgsqlDbType.Text, row => string.Join(',', row.Sectors.Select(sector => sector.ToWord())));
        Add(NpgsqlDbType.Boolean, row => row.SectorsComplete);
        Add(NpgsqlDbType.Text, row => JsonSerializer.Serialize(row.Regions));
        Add(NpgsqlDbType.Text, row => JsonSerializer.Serialize(row.Factors));
        Add(NpgsqlDbType.Text, row => row.ProposedOn?.ToString());
        Add(NpgsqlDbType.Bigint, row => row.Version);
        Add(NpgsqlDbType.Bigint, row => row.Position);
        Add(NpgsqlDbType.TimestampTz, row => row.LastRecordedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<PartnershipRow, T> value) => command.Parameters.AddArray(type, rows.Values.Select(value).ToArray());
    }
}
