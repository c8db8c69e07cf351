using Npgsql;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Promises;

public sealed class RightsTests(Ledger ledger) : IClassFixture<Ledger>
{
    private const string RightMissing = "42501";
    private const string NeverEdited = "PL001";

    [Theory]
    [InlineData("update mt_events set data = '{}'")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events")]
    [InlineData("delete from mt_streams")]
    [InlineData("truncate mt_streams cascade")]
    [InlineData("update mt_streams set id = gen_random_uuid()")]
    [InlineData("update ledger_leaf set hash = hash")]
    [InlineData("delete from ledger_leaf")]
    [InlineData("delete from ledger_key")]
    [InlineData("update ledger_key set answer = ''")]
    [InlineData("update ledger_text set text = ''")]
    [InlineData("delete from ledger_head")]
    [InlineData("update ledger_read set status = 200")]
    [InlineData("delete from ledger_erasure")]
    [InlineData("insert into ledger_migration values (99, '', '')")]
    [InlineData("alter table mt_events disable trigger all")]
    [InlineData("drop trigger ledger_refuse_edit on mt_events")]
    [InlineData("alter table mt_events add column note text")]
    [InlineData("drop table ledger_leaf")]
    [InlineData("create table note (id int)")]
    [InlineData("create or replace function ledger_refuse_edit() returns trigger language plpgsql as 'begin return null; end'")]
    [InlineData("select nextval('mt_events_sequence')")]
    [InlineData("set session_replication_role = replica")]
    public async Task The_serving_role_may_not(string statement) => Assert.Equal(RightMissing, await StateOf(ledger.Serving, statement));

    [Theory]
    [InlineData("update mt_events set data = '{}'")]
    [InlineData("update mt_events set data = '{}' where false")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events")]
    [InlineData("truncate mt_streams cascade")]
    [InlineData("delete from mt_streams")]
    [InlineData("update ledger_leaf set hash = hash")]
    [InlineData("truncate ledger_leaf")]
    public async Task Even_owner_and_superuser_may_not(string statement)
    {
        await ledger.NewNode().Append(Tally.Add(Tally.NewId()));

        Assert.Equal(NeverEdited, await StateOf(ledger.Owner, statement));
        Assert.Equal(NeverEdited, await StateOf(ledger.Superuser, statement));
    }

    [Theory]
    [InlineData("delete from ledger_text where position = 0")]
    [InlineData("update ledger_key set secret = null, request_hmac = null where position = 0")]
    [InlineData("delete from ledger_person where false")]
    [InlineData("update ledger_import_event set packed = '' where false")]
    public async Task The_serving_role_may_erase_what_people_wrote(string statement) => Assert.Null(await StateOf(ledger.Serving, statement));

    private static async Task<string?> StateOf(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return (await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync()) as PostgresException)?.SqlState;
    }
}
