using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing;

/// <summary>
/// The random ids that stand for people in events: an actor is an issuer and a subject, an informant an opaque word.
/// The table that maps them can be erased; events cannot.
/// </summary>
public sealed class People(NpgsqlDataSource database)
{
    internal const string ErasedChannel = "ledger_person";

    private const int Remembered = 50_000;

    private const string GetSql = " select id from ledger_person where kind = $1 and issuer = $2 and subject = $3";

    private const string GetOrAddSql = """
        with added as (
            insert into ledger_person (id, kind, issuer, subject) values ($4, $1, $2, $3)
            on conflict (kind, issuer, subject) do nothing returning id
        )
        select id from added
        union all
        """ + GetSql;

    private readonly ConcurrentDictionary<(string Kind, string Issuer, string Subject), Guid> known = new();
    private readonly Lock changing = new();
    private long forgotten;

    /// <summary>The id of whoever the token's issuer and subject name.</summary>
    public ValueTask<Guid> Actor(string issuer, string subject, CancellationToken cancellationToken) =>
        known.TryGetValue(("actor", issuer, subject), out var id) ? ValueTask.FromResult(id) : new(GetOrAdd(("actor", issuer, subject), cancellationToken));

    /// <summary>The id of an actor whom this node remembers; null where it would have to look.</summary>
    public Guid? Known(string issuer, string subject) => known.TryGetValue(("actor", issuer, subject), out var id) ? id : null;

    /// <summary>
    /// Who a word stands for; the same word is the same informant in the whole ledger. Nothing is written down here: a request that
    /// is refused, or answered by its key, must not leave behind a word under an id that no event has, by which nobody could erase it.
    /// </summary>
    public async ValueTask<Informant> Informant(string word, CancellationToken cancellationToken)
    {
        var person = ("informant", "", word);
        Guid? id = known.TryGetValue(person, out var remembered) ? remembered : await Look(person, adds: false, cancellationToken);
        return new(id ?? RandomId(), word, IsNew: id is null);
    }

    /// <summary>The informants' words by id, for those not erased.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Informants(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select id, subject from ledger_person where id = any ($1) and kind = 'informant'", connection);
        command.Parameters.AddArray(NpgsqlDbType.Uuid, ids);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var words = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            words.Add(reader.GetGuid(0), reader.GetString(1));
        }

        return words;
    }

    /// <summary>Whether an id stands for somebody, or for one whose erasure was broken off.</summary>
    public async Task<bool> Has(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select exists (select from ledger_person where id = $1) or exists (select from ledger_erased_person where id = $1 and not is_swept)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>
    /// Forgets whom an id stands for, and the remembered requests that would tell, and tells every node to; false where it stood for
    /// nobody. Broken off, it is finished when it is called again.
    /// </summary>
    public async Task<bool> Erase(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("call ledger_erase_person($1, null)", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } },
        };
        var erased = await command.ExecuteScalarAsync(cancellationToken) is true;
        Forget();
        return erased;
    }

    /// <summary>Forgets what this node remembers of people; it is looked up again.</summary>
    internal void Forget()
    {
        lock (changing)
        {
            forgotten++;
            known.Clear();
        }
    }

    private async Task<Guid> GetOrAdd((string Kind, string Issuer, string Subject) person, CancellationToken cancellationToken)
    {
        // A row that another transaction commits between the insert and the read is in neither part: the second look finds it.
        Guid? id = null;
        while (id is null)
        {
            id = await Look(person, adds: true, cancellationToken);
        }

        return id.Value;
    }

    private async Task<Guid?> Look((string Kind, string Issuer, string Subject) person, bool adds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);

        var before = Interlocked.Read(ref forgotten);
        await using var command = new NpgsqlCommand(adds ? GetOrAddSql : GetSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = person.Kind },
                new NpgsqlParameter<string> { TypedValue = person.Issuer },
                new NpgsqlParameter<string> { TypedValue = person.Subject },
            },
        };
        if (adds)
        {
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = RandomId() });
        }

        if (await command.ExecuteScalarAsync(cancellationToken) is not Guid id)
        {
            return null;
        }

        lock (changing)
        {
            // Whoever was erased since this looked is not remembered again.
            if (before == forgotten)
            {
                if (known.Count >= Remembered)
                {
                    known.Clear();
                }

                known[person] = id;
            }
        }

        return id;
    }

    // A version 7 id would tell when a person was first seen.
    internal static Guid RandomId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
