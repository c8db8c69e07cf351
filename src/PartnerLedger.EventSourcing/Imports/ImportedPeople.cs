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

    /// <summary>The id that stands for an informant.</summary>
    public Guid Stand(string word)
    {
        if (!known.TryGetValue(word, out var id))
        {
            known.Add(word, id = People.RandomId());
            added.Add(word, id);
        }

        return id;
    }

    internal async Task Write(NpgsqlConnection connection, Guid import, CancellationToken cancellationToken)
    {
        if (added.Count == 0)
        {
            return;
        }

        await using var insert = new NpgsqlCommand(
            """
            with added as (
                insert into ledger_person (id, kind, issuer, subject)
                select id, 'informant', '', word from unnest($1, $2) as given (id, word)
                on conflict (kind, issuer, subject) do nothing returning id
            )
            select given.id, given.word from unnest($1, $2) as given (id, word) where given.id not in (select id from added)
            """,
            connection);
        insert.Parameters.AddArray(NpgsqlDbType.Uuid, added.Values.ToArray());
        insert.Parameters.AddArray(NpgsqlDbType.Text, added.Keys.ToArray());
        var (ids, words) = (new List<Guid>(), new List<string>());
        await using (var reader = await insert.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                ids.Add(reader.GetGuid(0));
                words.Add(reader.GetString(1));
            }
        }

        if (ids.Count > 0)
        {
            await Rename(connection, import, [.. ids], [.. words], cancellationToken);
        }
    }

    // An event names one informant at the most, and an id is random: it stands in the text for nothing else, and another is as long.
    private static async Task Rename(NpgsqlConnection connection, Guid import, Guid[] ids, string[] words, CancellationToken cancellationToken)
    {
        await using var rename = new NpgsqlCommand(
            """
            update ledger_import_event e set data = replace(e.data, given.id::text, p.id::text)
            from unnest($2, $3) as given (id, word)
            join ledger_person p on p.kind = 'informant' and p.issuer = '' and p.subject = given.word
            where e.import = $1 and strpos(e.data, given.id::text) > 0
            """,
            connection);
        rename.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = import });
        rename.Parameters.AddArray(NpgsqlDbType.Uuid, ids);
        rename.Parameters.AddArray(NpgsqlDbType.Text, words);
        await rename.ExecuteNonQueryAsync(cancellationToken);
    }
}
