using Npgsql;
using NpgsqlTypes;
using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Factors;
using PartnerLedger.Api.Frameworks;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.Domain.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit;

/// <summary>Erases again what a restored backup has brought back, and records that it did: on the service's account, now, naming the erasure that was lost.</summary>
internal sealed class RepeatedErasures(NpgsqlDataSource database, AppendQueue queue, TimeProvider clock)
{
    private const string Ground = "The erasure named as the earlier one was lost when an older backup was restored, and what it had erased had come back.";

    private const string FindSql = """
        select (select type from mt_streams where id = $1), coalesce(array_agg(version order by version) filter (where id = any ($2)), '{}'), coalesce(bool_or(id = $3), false)
        from mt_events where stream_id = $1
        """;

    /// <summary>Erases the texts of the events that are there; tells how many there were.</summary>
    public async Task<long> EraseTexts(Erased erased, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select ledger_erase_events($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = erased.Stream!.Value });
        command.Parameters.AddArray(NpgsqlDbType.Uuid, [.. erased.Events!]);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Appends the erasure again where the ledger has its events but not itself; false where there was nothing to do.</summary>
    public async Task<bool> Record(Erased erased, CancellationToken cancellationToken)
    {
        var (type, versions, isThere) = await Find(erased, cancellationToken);
        return !isThere && versions.Length > 0 && await queue.Submit(Repeat(erased, type!, versions), cancellationToken) is CommandOutcome.Appended;
    }

    private async Task<(string? StreamType, long[] Versions, bool IsThere)> Find(Erased erased, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = erased.Stream!.Value });
        command.Parameters.AddArray(NpgsqlDbType.Uuid, [.. erased.Events!]);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = erased.Erasure!.Id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetNullable<string>(0), await reader.GetFieldValueAsync<long[]>(1, cancellationToken), reader.GetBoolean(2));
    }

    // Whether it was repeated already is decided with the append, so that of several nodes one does it.
    private StreamCommand Repeat(Erased erased, string streamType, long[] versions)
    {
        var (texts, earlier) = (new FreeTexts(), erased.Erasure!);
        var ground = texts.Commit(Ground)!;
        var command = new StreamCommand
        {
            StreamType = PartnershipStream.Type,
            StreamId = erased.Stream!.Value,
            Metadata = StarterCatalogueSeed.Service,
            Decide = (state, _) => state.Value is Partnership partnership
                ? partnership.EraseAgain(versions, ground, earlier).Propose(
                    partnership, Partnership.Fold, EventVocabulary.Partnership, texts, clock, after => after.State.ToWord(), rejection => rejection.ToProblem())
                : new Proposal.Refuse("There is no such partnership."),
        };
        return streamType == PartnershipStream.Type.Name ? command : command with
        {
            StreamType = FrameworkStream.Type,
            Decide = (state, _) => state.Value is Framework framework
                ? framework.EraseAgain(versions, ground, earlier).Propose(
                    framework, Framework.Fold, EventVocabulary.Framework, texts, clock, after => after.Code, rejection => rejection.ToProblem())
                : new Proposal.Refuse("There is no such framework."),
        };
    }
}
