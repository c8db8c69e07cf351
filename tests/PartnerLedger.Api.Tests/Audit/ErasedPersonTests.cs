using PartnerLedger.Api.Security;
using PartnerLedger.Api.Tests.Imports;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>What is remembered of requests, so that a retry is known, does not tell who a person was that was erased.</summary>
public sealed class ErasedPersonTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly ServiceFactory service = new(cluster);
    private LedgerClient leader = null!;
    private LedgerClient auditor = null!;
    private LedgerClient @operator = null!;

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        (leader, auditor, @operator) = (service.As(Role.Leader), service.As(Role.Auditor), service.As(Role.Operator));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Requests_that_named_an_erased_informant_are_forgotten_and_others_are_not()
    {
        var path = await leader.Open();
        var noted = (await leader.Post($"{path}/factors", """{"factors":["N-TRUST","N-FUND"],"informant":"P07"}""", ("Idempotency-Key", "noted"))).Must(200);
        (await leader.Post($"{path}/active", """{"informant":"P08"}""", ("Idempotency-Key", "of-another"))).Must(200);
        var corrected = (await leader.Post(
            $"{path}/corrections", """{"version":4,"reason":"It was P07","replacement":{"informant":"P07"}}""", ("Idempotency-Key", "corrected"))).Must(200);
        (await leader.Post($"{path}/factors", """{"factor":"S-LEAD"}""", ("Idempotency-Key", "of-nobody"))).Must(200);
        var file = """{"partnership":"p","command":"open","body":{"name":"Told in a file","informant":"P07"}}""";
        await leader.Done((await leader.Import(file, "", ("Idempotency-Key", "file"))).Must(202).Header("Location")!);
        await leader.Done((await leader.Import(file.Replace("P07", "P08", StringComparison.Ordinal), "", ("Idempotency-Key", "other-file"))).Must(202).Header("Location")!);

        await Erase(await Informant(path, 1));

        Assert.Equal(["of-another", "of-nobody", "other-file"], await Comparable());
        var retried = (await leader.Post($"{path}/factors", """{"factors":["N-TRUST","N-FUND"],"informant":"P07"}""", ("Idempotency-Key", "noted"))).Must(200);
        Assert.Equal((noted.Position, "true"), (retried.Position, retried.Header("Idempotency-Replayed")));
        Assert.Equal(corrected.Position, (await leader.Post($"{path}/corrections", """{"version":4,"reason":"Guessed","replacement":{"informant":"P09"}}""", ("Idempotency-Key", "corrected"))).Must(200).Position);
        await (await leader.Post($"{path}/active", """{"informant":"P09"}""", ("Idempotency-Key", "of-another"))).MustBe("idempotency-key-reused", 422);
    }

    [Fact]
    public async Task An_erased_actors_own_requests_are_forgotten()
    {
        var path = await leader.Open();
        (await service.As("Leader-who-leaves", Role.Leader).Post($"{path}/active", "{}", ("Idempotency-Key", "of-the-actor"))).Must(200);
        (await leader.Post($"{path}/struggling", "{}", ("Idempotency-Key", "of-another"))).Must(200);

        await Erase((await auditor.Get($"{path}/history"))["events"][1].GetProperty("actor").GetGuid());

        Assert.Equal(["of-another"], await Comparable());
    }

    [Fact]
    public async Task A_file_that_names_an_erased_informant_is_forgotten_before_its_events_are_moved()
    {
        var path = await leader.Open(more: ""","informant":"P07" """);
        var informant = await Informant(path, 0);

        // As an import leaves it whose checks came to know of people that others came to know of, too.
        await Sql.Run(service.Database.Owner, $$"""
            with run as (
                insert into ledger_import (id, owner, key, secret, request_hmac, stream_type, given_people, known_people, lines, streams, events, state)
                select ('00000000-0000-0000-0000-00000000000' || n)::uuid, '00000000-0000-0000-0000-000000000001', 'staged-' || n, '\x01', '\x02', 'partnership',
                       array['00000000-0000-0000-0000-0000000000aa'::uuid], array['{{informant}}'::uuid], 1, 1, 1, 'stopped' from generate_series(1, 3) n
            )
            insert into ledger_import_event (import, stream, version, stream_id, events, packed)
            select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 1, 1, gen_random_uuid(), 1, convert_to('{"informant":"' || id || '"}', 'UTF8')
            from (values (1, '{{informant}}'), (2, '00000000-0000-0000-0000-0000000000aa'), (3, '00000000-0000-0000-0000-0000000000bb')) as staged (n, id)
            """);

        await Erase(informant);

        Assert.Equal(["staged-3"], await Comparable());
    }

    private async Task Erase(Guid person) => (await @operator.Post($"/api/operations/people/{person}/erasure")).Must(204);

    private async Task<Guid> Informant(string path, int index) =>
        (await auditor.Get($"{path}/history"))["events"][index].GetProperty("data").GetProperty("informant").GetGuid();

    /// <summary>The keys of those requests of which somebody who reads the database could tell whether a guess is right.</summary>
    private async Task<string[]> Comparable() => (string[])(await Sql.Run(service.Database.Owner, """
        select coalesce(array_agg(key order by key collate "C"), '{}') from (
            select key, secret, request_hmac from ledger_key union all select key, secret, request_hmac from ledger_import
        ) remembered where secret is not null or request_hmac is not null
        """))!;
}
