using Npgsql;
using PartnerLedger.EventSourcing.Imports;
using PartnerLedger.EventSourcing.Tests.Fixtures;
using PartnerLedger.EventSourcing.Tests.Imports;

namespace PartnerLedger.EventSourcing.Tests.Promises;

/// <summary>What names a person who is erased meanwhile: nothing stays remembered by which a guess at the name could be confirmed.</summary>
public sealed class ErasedPersonTests(Ledger ledger) : IClassFixture<Ledger>
{
    private readonly People people = new(ledger.Serving);

    [Fact]
    public async Task A_request_decided_before_and_appended_after_is_remembered_without_its_hmac()
    {
        var (node, person, other) = (ledger.NewNode(), await Informant(), await Informant());
        Assert.True(await people.Erase(person, default));
        await node.Append(Naming(person, "late"));
        await node.Append(Replacing(person, "late, replaced"));
        await node.Append(Naming(other, "of another"));

        Assert.False(await IsTold("late"));
        Assert.False(await IsTold("late, replaced"));
        Assert.True(await IsTold("of another"));
    }

    [Fact]
    public async Task A_request_of_an_erased_actor_is_too()
    {
        var (node, actor) = (ledger.NewNode(), await people.Actor("issuer", $"{Guid.NewGuid()}", default));
        Assert.True(await people.Erase(actor, default));
        await node.Append(Tally.Add(Tally.NewId(), key: Tally.Key("of an actor")) with { Metadata = new(actor, null, null) });

        Assert.False(await IsTold("of an actor"));
    }

    [Fact]
    public async Task A_request_that_is_being_appended_is_waited_for_and_forgotten()
    {
        var (node, person) = (ledger.NewNode(), await Informant());
        await node.Append(Tally.Add(Tally.NewId()));
        await using var same = await ledger.Owner.OpenConnectionAsync();
        await using var taken = await same.BeginTransactionAsync();
        await Run(same, $"insert into ledger_key (owner, key, stream_id, version, position, answer) values ('{Tally.Actor}', 'meanwhile', gen_random_uuid(), 1, 0, '')");
        var appended = node.Append(Naming(person, "meanwhile"));
        await ledger.UntilWaiting(node);

        // It holds the head, and has seen that nobody is erased.
        var (erasing, erased) = Erase(person);
        await ledger.UntilWaiting(erasing);
        await taken.RollbackAsync();

        await appended;
        Assert.True(await erased);
        Assert.False(await IsTold("meanwhile"));
    }

    [Fact]
    public async Task An_import_that_was_begun_before_is_remembered_without_its_hmac()
    {
        var person = await Informant(word: "in a file");
        await using var stage = await Stage("in a file");
        Assert.True(await people.Erase(person, default));
        await Complete(stage, "file");

        Assert.False(await IsTold("file", table: "ledger_import"));
    }

    [Fact]
    public async Task An_import_that_is_being_staged_is_waited_for_and_forgotten()
    {
        var person = await Informant(word: "in a file meanwhile");
        await using var same = await ledger.Owner.OpenConnectionAsync();
        await using var taken = await same.BeginTransactionAsync();
        await Run(same, $"""
            insert into ledger_import (id, owner, key, stream_type, lines, streams, events, given_people, known_people)
            values (gen_random_uuid(), '{StagedTallies.Metadata.Actor}', 'file meanwhile', 'tally', 1, 1, 1, array[]::uuid[], array[]::uuid[])
            """);
        await using var stage = await Stage("in a file meanwhile");
        var completed = Complete(stage, "file meanwhile");
        await ledger.Until("select exists (select from pg_stat_activity where query like '%insert into ledger_import (%' and wait_event_type = 'Lock')");

        var (erasing, erased) = Erase(person);
        await ledger.UntilWaiting(erasing);
        await taken.RollbackAsync();

        await completed;
        Assert.True(await erased);
        Assert.False(await IsTold("file meanwhile", table: "ledger_import"));
    }

    [Fact]
    public async Task An_erasure_that_was_broken_off_is_finished_by_the_next()
    {
        var (node, person) = (ledger.NewNode(), await Informant());
        await node.Append(Naming(person, "broken off"));
        using var breaking = new CancellationTokenSource();
        await using (await ledger.HoldHead())
        {
            var (erasing, erased) = Erase(person, breaking.Token);
            await ledger.UntilWaiting(erasing);
            await breaking.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => erased);
        }

        Assert.Equal(0, await ledger.One<long>("select count(*) from ledger_person where id = $1", person));
        Assert.True(await people.Has(person, default));
        Assert.True(await IsTold("broken off"));
        Assert.True(await people.Erase(person, default));
        Assert.False(await IsTold("broken off"));
        Assert.False(await people.Has(person, default));
        Assert.False(await people.Erase(person, default));
    }

    [Fact]
    public async Task Somebody_looked_up_while_another_is_erased_is_looked_up_again()
    {
        var node = ledger.NewNode();
        var looking = new People(node.Database);
        await using var same = await ledger.Owner.OpenConnectionAsync();
        await using var taken = await same.BeginTransactionAsync();
        await Run(same, "insert into ledger_person (id, kind, issuer, subject) values (gen_random_uuid(), 'actor', 'issuer', 'looked up')");
        var looked = looking.Actor("issuer", "looked up", default).AsTask();
        await ledger.UntilWaiting(node);
        await looking.Erase(await Informant(), default);
        await taken.RollbackAsync();

        await looked;
        Assert.Null(looking.Known("issuer", "looked up"));
        Assert.Equal(await looked, await looking.Actor("issuer", "looked up", default));
        Assert.Equal(await looked, looking.Known("issuer", "looked up"));
    }

    private async Task<Guid> Informant(string? word = null) => await ledger.Informant(word ?? $"{Guid.NewGuid()}");

    private (Node Erasing, Task<bool> Erased) Erase(Guid person, CancellationToken cancellationToken = default)
    {
        var node = ledger.NewNode();
        return (node, new People(node.Database).Erase(person, cancellationToken));
    }

    private async Task<ImportStage> Stage(string word)
    {
        named = await ImportedPeople.Read(ledger.Serving, default);
        var stage = await ImportStage.Open(ledger.Serving, Guid.CreateVersion7(), default);
        await stage.Add(1, Tally.NewId(), 1, Tally.Event($$"""{"informant":"{{named.Stand(word)}}","n":1}"""), default);
        return stage;
    }

    private async Task Complete(ImportStage stage, string key) => Assert.True(await stage.Complete(
        new() { Id = stage.Id, Metadata = StagedTallies.Metadata, Key = Tally.Key(key), StreamType = Tally.Type.Name, Basis = null, Lines = 1, Streams = 1, Events = 1 },
        named!, default));

    private ImportedPeople? named;

    private static StreamCommand Naming(Guid person, string key) =>
        Tally.Decide(Tally.NewId(), (_, _) => new Proposal.Append([Tally.Event($$"""{"informant":"{{person}}","n":1}""")], 1L, ""), Tally.Key(key));

    private static StreamCommand Replacing(Guid person, string key) =>
        Tally.Decide(Tally.NewId(), (_, _) => new Proposal.Append([Tally.Event($$$"""{"n":1,"replacement":{"informant":"{{{person}}}"}}""")], 1L, ""), Tally.Key(key));

    private async Task<bool> IsTold(string key, string table = "ledger_key")
    {
        var (hmac, secret) = (await ledger.One<bool>($"select request_hmac is not null from {table} where key = $1", key), await ledger.One<bool>($"select secret is not null from {table} where key = $1", key));
        Assert.Equal(hmac, secret);
        return hmac;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
