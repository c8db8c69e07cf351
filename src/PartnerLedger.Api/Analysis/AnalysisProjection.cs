using Npgsql;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;
using PartnerLedger.EventSourcing.Projections;

namespace PartnerLedger.Api.Analysis;

/// <summary>What can be counted of partnerships, notes and those who told, at present and at any earlier position.</summary>
internal sealed class AnalysisProjection : StreamProjection<Partnership, AnalysisRows>
{
    public const string ProjectionName = "analysis";

    public override string Name => ProjectionName;

    public override int Version => 5;

    public override string StreamType => PartnershipStream.Type.Name;

    public override string Tables { get; } = SqlFiles.Read(typeof(AnalysisProjection).Assembly, "analysis_tables.sql");

    protected override Partnership Fold(Partnership? before, RecordedEvent recorded) =>
        PartnershipStream.Fold(before, recorded);

    protected override void Project(Partnership? before, Partnership after, RecordedEvent recorded, AnalysisRows rows) =>
        rows.Add(before, after, recorded);

    protected override Task Write(AnalysisRows rows, NpgsqlConnection connection, CancellationToken cancellationToken) =>
        AnalysisWriter.Write(rows, connection, cancellationToken);
}
