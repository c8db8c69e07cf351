using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Appending;

/// <summary>A new informant's word is written in the commit of the events that name it, or not at all.</summary>
public sealed class InformantTests(Ledger ledger) : IClassFixture<Ledger>
{
    [Fact]
    public async Task A_word_that_the_ledger_does_not_know_is_not_written_by_looking_it_up()
    {
        var people = new People(ledger.Serving);
        Assert.True((await people.Informant("asked for", default)).IsNew);
        Assert.True((await people.Informant("asked for", default)).IsNew);
        Assert.Empty(await Ids("asked for"));

        var given = await ledger.Informant("asked for");
        Assert.Equal(new Informant(given, "asked for", IsNew: false), await people.Informant("asked for", default));
    }

    [Fact]
    public async Task A_command_that_is_refused_or_known_by_its_key_writes_no_word()
    {
        var (node, stream) = (ledger.NewNode(), Tally.NewId());
        var first = New("first");
        await node.Append(Tally.AddBelow(stream, 1, Tally.Key("told")) with { Informant = first });
        Assert.Equal([first.Id], await Ids("first"));

        Assert.IsType<CommandOutcome.Refused>(await node.Submit(Tally.AddBelow(stream, 1) with { Informant = New("refused") }));
        Assert.IsType<CommandOutcome.Known>(await node.Submit(Tally.AddBelow(stream, 1, Tally.Key("told")) with { Informant = New("again") }));

        // Nor where the decision is to append, and the key, or another node, stands against it.
        Assert.IsType<CommandOutcome.Known>(await node.Submit(Tally.Add(Tally.NewId(), key: Tally.Key("told")) with { Informant = New("again") }));
        var (late, other) = (Tally.NewId(), ledger.NewNode());
        await node.Append(Tally.Add(late));
        await other.Append(Tally.Add(late));
        Assert.IsType<CommandOutcome.Refused>(await node.Submit(Tally.AddBelow(late, 2) with { Informant = New("too late") }));
        Assert.Empty(await Ids("refused", "again", "too late"));
    }

    [Fact]
    public async Task One_word_twice_in_one_batch_is_written_once_and_neighbours_are_appended()
    {
        var (node, informants) = (ledger.NewNode(), new[] { New("twins"), New("twins") });
        Task<CommandOutcome> blocker;
        Task<CommandOutcome>[] submitted;
        await using (await ledger.HoldHead())
        {
            blocker = node.Submit(Tally.Add(Tally.NewId()));
            await ledger.UntilWaiting(node);
            submitted =
            [
                .. informants.Select(informant => node.Submit(Tally.Add(Tally.NewId()) with { Informant = informant })),
                node.Submit(Tally.Add(Tally.NewId()) with { Informant = New("neighbour") }),
            ];
        }

        await blocker;
        var outcomes = await Task.WhenAll(submitted);
        Assert.Equal(
            [typeof(CommandOutcome.Appended), typeof(CommandOutcome.InformantKnown), typeof(CommandOutcome.Appended)], outcomes.Select(outcome => outcome.GetType()));
        Assert.Equal([informants[0].Id], await Ids("twins"));
        Assert.Single(await Ids("neighbour"));
    }

    [Fact]
    public async Task One_word_at_once_on_two_nodes_is_written_once()
    {
        var nodes = new[] { ledger.NewNode(), ledger.NewNode() };
        var submitted = new List<Task<CommandOutcome>>();
        await using (await ledger.HoldHead())
        {
            foreach (var node in nodes)
            {
                submitted.Add(node.Submit(Tally.Add(Tally.NewId()) with { Informant = New("two nodes") }));
                await ledger.UntilWaiting(node);
            }
        }

        var outcomes = await Task.WhenAll(submitted);
        Assert.Single(outcomes.OfType<CommandOutcome.Appended>());
        Assert.Single(outcomes.OfType<CommandOutcome.InformantKnown>());
        Assert.Single(await Ids("two nodes"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_word_that_an_import_is_writing_is_waited_for_without_the_head(bool isCommitted)
    {
        var (node, other, word) = (ledger.NewNode(), ledger.NewNode(), $"imported {isCommitted}");
        await using var import = await ledger.Owner.OpenConnectionAsync();
        await using var writing = await import.BeginTransactionAsync();
        await import.Execute($"insert into ledger_person values (gen_random_uuid(), 'informant', '', '{word}')", default);
        var submitted = node.Submit(Tally.Add(Tally.NewId()) with { Informant = New(word) });
        await ledger.UntilWaiting(node);
        await other.Append(Tally.Add(Tally.NewId()));

        await (isCommitted ? writing.CommitAsync() : writing.RollbackAsync());

        Assert.IsType(isCommitted ? typeof(CommandOutcome.InformantKnown) : typeof(CommandOutcome.Appended), await submitted);
        Assert.Single(await Ids(word));
    }

    [Fact]
    public async Task A_word_that_was_in_the_way_and_is_erased_before_anyone_looks_is_written_anew()
    {
        var (node, informant) = (ledger.NewNode(), New("erased at once"));
        await using var import = await ledger.Owner.OpenConnectionAsync();
        await using var writing = await import.BeginTransactionAsync();
        await import.Execute("insert into ledger_person values (gen_random_uuid(), 'informant', '', 'erased at once')", default);
        var submitted = node.Submit(Tally.Add(Tally.NewId()) with { Informant = informant });
        await ledger.UntilWaiting(node);

        // Granted as soon as the append is undone, before the writer asks who hindered it.
        await using var operation = await ledger.Owner.OpenConnectionAsync();
        var erased = operation.Execute("begin; lock table ledger_person; delete from ledger_person where subject = 'erased at once'; commit", default);
        await ledger.Until("select exists (select from pg_locks where relation = 'ledger_person'::regclass and mode = 'AccessExclusiveLock' and not granted)");
        await writing.CommitAsync();

        await erased;
        Assert.IsType<CommandOutcome.Appended>(await submitted);
        Assert.Equal([informant.Id], await Ids("erased at once"));
    }

    private static Informant New(string word) => new(Guid.NewGuid(), word, IsNew: true);

    private Task<Guid[]> Ids(params string[] words) =>
        ledger.One<Guid[]>("select coalesce(array_agg(id), '{}') from ledger_person where kind = 'informant' and subject = any ($1)", [words]);
}
