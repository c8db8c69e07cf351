using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>What a superuser does to the database behind the service's back is found, on the server and in the kit.</summary>
public sealed class VerifyTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly ServiceFactory service = new(cluster);
    private long position;
    private string stream = "";

    public static TheoryData<string, string> Tampering() => new()
    {
        { "an event's data", "update mt_events set data = jsonb_set(data, '{occurredOn}', '\"2019\"') where seq_id = $1" },
        { "who recorded it", "update mt_events set user_name = gen_random_uuid()::text where seq_id = $1" },
        { "when it was recorded", "update mt_events set timestamp = timestamp - interval '1 microsecond' where seq_id = $1" },
        { "an event with its leaf", "with other as (update mt_events set type = 'factor_noticed' where seq_id = $1) update ledger_leaf set hash = sha256('other') where position = $1" },
        { "an event and what follows moved up", "delete from mt_events where seq_id = $1" },
        { "an event's place in its stream", "update mt_events set version = 99 where seq_id = $1" },
        { "the last events", "delete from mt_events where seq_id >= $1" },
        { "what two events say", "update mt_events a set type = b.type, data = b.data from mt_events b where a.seq_id in ($1, $1 + 1) and b.seq_id = 2 * $1 + 1 - a.seq_id" },
        { "a text that is gone", "delete from ledger_text where position = $1" },
        { "a text", "update ledger_text set text = 'Never said' where position = $1" },
    };

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        var leader = service.As(Role.Leader);
        var path = await leader.Open();
        stream = path[^36..];
        position = (await leader.Post($"{path}/factors", """{"factor":"N-TRUST","note":"Told at lunch","occurredOn":"2024"}""")).Must(200).Position;
        var last = (await leader.Post($"{path}/failed")).Must(200).Position;
        (await service.As(Role.Auditor).Get($"/api/audit/checkpoint?minPosition={last}")).Must(200);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_ledger_that_nobody_touched_verifies_and_tells_how_far_it_has_come()
    {
        var outcome = (await service.As(Role.Auditor).Get("/api/audit/verify")).Must(200);
        Assert.True(outcome["isVerified"].GetBoolean());
        var stream = (await service.As(Role.Auditor).Get("/api/audit/verify", ("Accept", "text/event-stream"))).Must(200);
        var steps = stream.Text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[6..]).RootElement).ToList();
        Assert.Equal("null", steps[0].GetProperty("isVerified").GetRawText());
        Assert.True(steps[^1].GetProperty("isVerified").GetBoolean());
        Assert.Equal(steps[^1].GetProperty("of").GetInt64(), steps[^1].GetProperty("position").GetInt64());
    }

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task What_was_changed_in_the_database_is_found(string what, string sql)
    {
        await Tamper(sql);
        var outcome = (await service.As(Role.Auditor).Get("/api/audit/verify")).Must(200);
        Assert.False(outcome["isVerified"].GetBoolean(), what);
        Assert.InRange(outcome["firstBad"].GetInt64(), position, position + 1);

        AuditKit.NeedsItsPrograms();
        using var kit = new AuditKit(await (await service.As(Role.Auditor).Get("/api/audit/kit")).Must(200).Response.Content.ReadAsByteArrayAsync());
        var (isVerified, said) = await kit.Verify();
        Assert.False(isVerified, said);
    }

    [Theory]
    [InlineData("(select position + 1 from ledger_head)")]
    [InlineData("0::bigint")]
    public async Task What_was_put_in_beside_the_positions_of_the_ledger_is_found(string where)
    {
        await Tamper($"""
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, user_name)
            select {where}, gen_random_uuid(), stream_id, version + 2, data, type, timestamp, user_name from mt_events where seq_id = $1
            """);
        var outcome = (await service.As(Role.Auditor).Get("/api/audit/verify")).Must(200);
        Assert.False(outcome["isVerified"].GetBoolean());
        Assert.Equal(await Sql.Run(service.Database.Owner, $"select {where}"), outcome["firstBad"].GetInt64());

        AuditKit.NeedsItsPrograms();
        using var kit = new AuditKit(await (await service.As(Role.Auditor).Get($"/api/audit/kit?partnership={stream}")).Must(200).Response.Content.ReadAsByteArrayAsync());
        var (isVerified, said) = await kit.Verify();
        Assert.True(isVerified, said);
        Assert.Contains("3 events", said, StringComparison.Ordinal);
    }

    private Task Tamper(string sql) => NotedLedger.Tamper(service.Database, sql, position);
}
