using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing;

/// <summary>One decided command on its way into a batch: what <c>append_events</c> takes as one request.</summary>
internal sealed record AppendRequest(
    StreamName Stream,
    long ExpectedVersion,
    Guid? BasisId,
    long? BasisVersion,
    EventMetadata Metadata,
    IdempotencyKey? Key,
    Proposal.Append Proposal)
{
    public const string Sql = "select request, outcome, version, position, recorded_at from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";

    /// <summary>Lays the requests out as the arrays of <c>append_events</c>.</summary>
    public static void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<AppendRequest> requests)
    {
        var events = requests.SelectMany((request, r) => request.Proposal.Events.Select(e => (Request: r + 1, Event: e))).ToArray();
        var texts = events.SelectMany((pair, e) => pair.Event.Texts.Select(text => (Event: e + 1, Text: text))).ToArray();

        parameters.Clear();
        Add(NpgsqlDbType.Uuid, requests, r => r.Stream.Id);
        Add(NpgsqlDbType.Text, requests, r => r.Stream.Type);
        Add(NpgsqlDbType.Bigint, requests, r => r.ExpectedVersion);
        Add(NpgsqlDbType.Integer, requests, r => r.Proposal.Events.Count);
        Add(NpgsqlDbType.Uuid, requests, r => r.BasisId);
        Add(NpgsqlDbType.Bigint, requests, r => r.BasisVersion);
        Add(NpgsqlDbType.Uuid, requests, r => r.Metadata.Actor);
        Add(NpgsqlDbType.Text, requests, r => r.Metadata.CorrelationId);
        Add(NpgsqlDbType.Text, requests, r => r.Metadata.CausationId);
        Add(NpgsqlDbType.Text, requests, r => r.Key?.Key);
        Add(NpgsqlDbType.Bytea, requests, r => r.Key?.Secret);
        Add(NpgsqlDbType.Bytea, requests, r => r.Key?.RequestHmac);
        Add(NpgsqlDbType.Text, requests, r => r.Proposal.Answer);
        Add(NpgsqlDbType.Integer, events, e => e.Request);
        Add(NpgsqlDbType.Uuid, events, e => e.Event.Id);
        Add(NpgsqlDbType.Text, events, e => e.Event.Type);
        Add(NpgsqlDbType.Text, events, e => e.Event.Data);
        Add(NpgsqlDbType.Integer, texts, t => t.Event);
        Add(NpgsqlDbType.Text, texts, t => t.Text.Member);
        Add(NpgsqlDbType.Bytea, texts, t => t.Text.Salt);
        Add(NpgsqlDbType.Text, texts, t => t.Text.Text);

        void Add<TRow, TValue>(NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(rows[i]);
            }

            parameters.AddArray(type, values);
        }
    }
}

/// <summary>What <c>append_events</c> answers for one request.</summary>
internal readonly record struct AppendResult(string Outcome, long Version, long Position)
{
    public bool IsAppended => Outcome == "appended";
}
