using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Operations;

/// <summary>What operators see and do: how far read models have come, rebuilding them, what is parked.</summary>
public sealed class ProjectionTests(ServiceFactory service) : IClassFixture<ServiceFactory>
{
    // An event of a kind that this service does not know, as a newer version might have appended it.
    private const string AppendUnknown = """
        with head as (update ledger_head set position = position + 1, recorded_at = recorded_at + interval '1 microsecond' returning position, recorded_at),
             stream as (update mt_streams set version = version + 1 where id = $1 returning version),
             event as (insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp)
                       select position, gen_random_uuid(), $1, version, '{}', 'partnership_dissolved', recorded_at from head, stream)
        select position from head
        """;

    private readonly LedgerClient leader = service.As(Role.Leader);
    private readonly LedgerClient @operator = service.As(Role.Operator);

    [Fact]
    public async Task The_list_tells_position_lag_and_what_is_parked()
    {
        var position = (await leader.Get(await leader.Open())).Position;
        var answer = (await @operator.Get($"/api/operations/projections?minPosition={position}")).Must(200);
        Assert.True(answer.Position >= position);
        var item = Find(answer);
        Assert.Equal(["name", "position", "lag", "readable", "rebuilding", "parked"], item.EnumerateObject().Select(member => member.Name));
        Assert.True(item.GetProperty("position").GetInt64() >= position);
        Assert.True(item.GetProperty("readable").GetBoolean());
    }

    [Fact]
    public async Task A_rebuild_makes_the_read_model_anew_from_the_events()
    {
        var path = await leader.Open("Lost and found");
        var position = (await leader.Get(path)).Position;
        var question = $"/api/partnerships?q=lost+and+found&minPosition={position}";
        Assert.Single((await leader.Get(question)).Must(200).Each("items", "id"));
        await Sql.Run(service.Database.Superuser, "delete from read_partnerships.listed_partnership where id = $1", Guid.Parse(path[^36..]));
        Assert.Empty((await leader.Get(question)).Must(200).Each("items", "id"));

        var accepted = (await @operator.Post("/api/operations/projections/partnerships/rebuild")).Must(202);
        Assert.Equal("/api/operations/projections", accepted.Header("Location"));
        await Eventually.Answers(() => leader.Get(question), answer => answer.Must(200).Each("items", "id").Any());
        await (await @operator.Post("/api/operations/projections/none/rebuild")).MustBe("not-found", 404);
    }

    [Fact]
    public async Task A_partnership_with_an_unknown_event_waits_while_the_others_go_on()
    {
        var path = await leader.Open("Strange");
        var id = Guid.Parse(path[^36..]);
        var position = (long)(await Sql.Run(service.Database.Owner, AppendUnknown, id))!;
        var other = (await leader.Post($"{await leader.Open("Plain")}/active")).Must(200);
        Assert.Equal("active", Assert.Single((await leader.Get($"/api/partnerships?q=plain&minPosition={other.Position}")).Each("items", "state")));

        var parked = Assert.Single(Find(await @operator.Get("/api/operations/projections")).GetProperty("parked").EnumerateArray(), stream => stream.GetProperty("id").GetGuid() == id);
        Assert.Equal(position, parked.GetProperty("position").GetInt64());
        Assert.Contains("partnership_dissolved", parked.GetProperty("reason").GetString(), StringComparison.Ordinal);

        var retried = (await Retry(id)).Must(200);
        Assert.True(retried["parked"].GetBoolean());
        Assert.Equal(position, retried["position"].GetInt64());
        Assert.Equal("proposed", Assert.Single((await leader.Get("/api/partnerships?q=strange")).Each("items", "state")));
    }

    [Fact]
    public async Task What_was_parked_for_a_reason_that_is_gone_catches_up_when_retried()
    {
        var path = await leader.Open("Parked");
        var id = Guid.Parse(path[^36..]);
        var position = (await leader.Get(path)).Position;
        (await leader.Get($"/api/partnerships?minPosition={position}")).Must(200);
        await Sql.Run(service.Database.Owner, "insert into ledger_parked (projection, stream_id, position, reason) values ('ledger/partnerships', $1, $2, 'a trial')", id, position + 1);
        var moved = (await leader.Post($"{path}/active")).Must(200);
        var question = $"/api/partnerships?q=parked&minPosition={moved.Position}";
        Assert.Equal("proposed", Assert.Single((await leader.Get(question)).Each("items", "state")));

        Assert.Equal("""{"parked":false,"position":null,"reason":null}""", (await Retry(id)).Must(200).Text);
        Assert.Equal("active", Assert.Single((await leader.Get(question)).Each("items", "state")));
        await (await Retry(id)).MustBe("not-found", 404);
        var next = (await leader.Post($"{path}/ended")).Must(200);
        Assert.Equal("ended", Assert.Single((await leader.Get($"/api/partnerships?q=parked&minPosition={next.Position}")).Each("items", "state")));
    }

    private Task<Answer> Retry(Guid id) => @operator.Post($"/api/operations/projections/partnerships/parked/{id}/retry");

    private static JsonElement Find(Answer answer) =>
        answer.Must(200)["items"].EnumerateArray().Single(item => item.GetProperty("name").GetString() == "partnerships");
}
