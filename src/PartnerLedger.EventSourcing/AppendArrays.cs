using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing;

/// <summary>Requests laid out as the arrays that <c>append_events</c> takes, counted from 1 as there.</summary>
internal static class AppendArrays
{
    private const int Count = 26;

    public static readonly string Sql = $"select head, moment from append_events({string.Join(", ", Enumerable.Range(1, Count).Select(n => $"${n}"))})";

    public static void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<AppendRequest> requests)
    {
        var first = new Dictionary<StreamName, long>();
        var last = new Dictionary<StreamName, int>();
        var ends = new int[requests.Count];
        var events = new List<(int Request, long Version, NewEvent Event)>();
        for (var r = 0; r < ends.Length; r++)
        {
            var request = requests[r];
            first.TryAdd(request.Stream, request.ExpectedVersion);
            last[request.Stream] = r;
            for (var e = 0; e < request.Proposal.Events.Count; e++)
            {
                events.Add((r + 1, request.ExpectedVersion + e + 1, request.Proposal.Events[e]));
            }

            ends[r] = events.Count;
        }

        var texts = new List<(int Event, EventText Text)>();
        for (var e = 0; e < events.Count; e++)
        {
            foreach (var text in events[e].Event.Texts)
            {
                texts.Add((e + 1, text));
            }
        }

        // Most decisions of a batch rest on the same stream.
        var bases = requests.Where(request => request.BasisId is not null)
            .Select(request => (Id: request.BasisId!.Value, Version: request.BasisVersion!.Value)).Distinct().ToList();

        // In the order in which imports write theirs, lest they wait for each other.
        var informants = requests.Select(request => request.NewInformant).OfType<Informant>().OrderBy(informant => informant.Word, StringComparer.Ordinal).ToList();

        var next = 0;
        Add(NpgsqlDbType.Uuid, requests, (r, _) => r.Stream.Id);
        Add(NpgsqlDbType.Text, requests, (r, _) => r.Stream.Type);
        Add(NpgsqlDbType.Bigint, requests, (r, _) => first[r.Stream]);
        Add(NpgsqlDbType.Bigint, requests, (r, i) => last[r.Stream] == i ? r.Version : (long?)null);
        Add(NpgsqlDbType.Uuid, requests, (r, _) => r.Metadata.Actor);
        Add(NpgsqlDbType.Text, requests, (r, _) => r.Metadata.CorrelationId);
        Add(NpgsqlDbType.Text, requests, (r, _) => r.Metadata.CausationId);
        Add(NpgsqlDbType.Text, requests, (r, _) => r.Key?.Key);
        Add(NpgsqlDbType.Bytea, requests, (r, _) => r.Key?.Secret);
        Add(NpgsqlDbType.Bytea, requests, (r, _) => r.Key?.RequestHmac);
        Add(NpgsqlDbType.Text, requests, (r, _) => r.Key is null ? null : r.Proposal.Answer);
        Add(NpgsqlDbType.Bigint, requests, (r, _) => r.Version);
        Add(NpgsqlDbType.Integer, ends, (end, _) => end);
        Add(NpgsqlDbType.Uuid, bases, (basis, _) => basis.Id);
        Add(NpgsqlDbType.Bigint, bases, (basis, _) => basis.Version);
        Add(NpgsqlDbType.Integer, events, (e, _) => e.Request);
        Add(NpgsqlDbType.Bigint, events, (e, _) => e.Version);
        Add(NpgsqlDbType.Uuid, events, (e, _) => e.Event.Id);
        Add(NpgsqlDbType.Text, events, (e, _) => e.Event.Type);
        Add(NpgsqlDbType.Text, events, (e, _) => e.Event.Data);
        Add(NpgsqlDbType.Integer, texts, (t, _) => t.Event);
        Add(NpgsqlDbType.Text, texts, (t, _) => t.Text.Member);
        Add(NpgsqlDbType.Bytea, texts, (t, _) => t.Text.Salt);
        Add(NpgsqlDbType.Text, texts, (t, _) => t.Text.Text);
        Add(NpgsqlDbType.Uuid, informants, (informant, _) => informant.Id);
        Add(NpgsqlDbType.Text, informants, (informant, _) => informant.Word);

        void Add<TRow, TValue>(NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, int, TValue> value)
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(rows[i], i);
            }

            // To resolve a parameter's type again would cost more than to fill it: they live as long as their command.
            if (next == parameters.Count)
            {
                parameters.AddArray(type, values);
            }
            else
            {
                ((NpgsqlParameter<TValue[]>)parameters[next]).TypedValue = values;
            }

            next++;
        }
    }
}
