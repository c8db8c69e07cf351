using Npgsql;
using NpgsqlTypes;

namespace PartnerLedger.EventSourcing.Imports;

/// <summary>
/// The informants of an import. Nobody is written down before the whole file is found good, so those whom the ledger did not know when its
/// checking began get ids of their own at first; whoever became known meanwhile takes the id that the ledger gave.
/// </summary>
public sealed class ImportedPeople
{
    private readonly Dictionary<string, Guid> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> added = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> named = [];

    private ImportedPeople()
    {
    }

    /// <summary>Begins with every informant the ledger knows.</summary>
    public static async Task<ImportedPeople> Read(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select subject, id from ledger_person where kind = 'informant' and issuer = ''");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var people = new ImportedPeople();
        while (await reader.ReadAsync(cancellationToken))
        {
            people.known.Add(reader.GetString(0), reader.GetGuid(1));
        }

        return people;
    }

    /// <summary>All ids that stand for an informant in the file.</summary>
    internal IReadOnlyCollection<Guid> Named => named;

    /// <summary>The id that stands for an informant.</summary>
    public Guid Stand(string word)
    {
        if (!known.TryGetValue(word, out var id))
        {
            known.Add(word, id = People.RandomId());
            added.Add(word, id);
        }

        named.Add(id);
        return id;
    }

    /// <summary>Writes down those whom the ledger did not know; gives the ids of those whom it came to know meanwhile, and beside them those that it gave.</summary>
    internal async Task<(Guid[] Given, Guid[] Known)> Write(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // In one order, lest two files that name the same people wait for each other.
        var people = added.OrderBy(person => person.Key, StringComparer.Ordinal).ToList();
        await using var insert = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    insert into ledger_person (id, kind, issuer, subject)
                    select id, 'informant', '', word from unnest($1, $2) as given (id, word)
                    on conflict (kind, issuer, subject) do nothing
                    """),
                new("""
                    select given.id, p.id from unnest($1, $2) as given (id, word)
                    join ledger_person p on p.kind = 'informant' and p.issuer = '' and p.subject = given.word and p.id <> given.id
                    """),
            },
        };
        foreach (NpgsqlBatchCommand command in insert.BatchCommands)
        {
            command.Parameters.AddArray(NpgsqlDbType.Uuid, people.ConvertAll(person => person.Value).ToArray());
            command.Parameters.AddArray(NpgsqlDbType.Text, people.ConvertAll(person => person.Key).ToArray());
        }

        var (given, known) = (new List<Guid>(), new List<Guid>());
        await using var reader = await insert.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            given.Add(reader.GetGuid(0));
            known.Add(reader.GetGuid(1));
        }

        return ([.. given], [.. known]);
    }
}
