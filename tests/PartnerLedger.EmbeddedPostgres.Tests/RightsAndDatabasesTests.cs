using Npgsql;

namespace PartnerLedger.EmbeddedPostgres.Tests;

public sealed class RightsAndDatabasesTests(TemporaryCluster temporary) : IClassFixture<TemporaryCluster>
{
    private PostgresCluster Cluster => temporary.Cluster;

    [Fact]
    public async Task The_owner_owns_the_database_and_is_no_superuser()
    {
        var owner = await Sql.AskAsync<string>(
            Cluster.OwnerConnectionString,
            "select datdba::regrole || ' ' || rolsuper from pg_database, pg_roles where datname = current_database() and rolname = current_user");

        Assert.Equal("partnerledger_owner false", owner);
    }

    [Fact]
    public async Task The_serving_role_connects_and_may_do_nothing_else()
    {
        var rights = await Sql.AskAsync<string>(
            Cluster.ServingConnectionString,
            """
            select concat_ws(' ', current_user, has_database_privilege(current_database(), 'create'), has_database_privilege(current_database(), 'temp'),
                has_schema_privilege('public', 'create'), rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)
            from pg_roles where rolname = current_user
            """);

        Assert.Equal("partnerledger f f f f f f f f", rights);
    }

    [Fact]
    public async Task The_owner_may_give_a_schema_to_the_serving_role()
    {
        var database = await Cluster.CreateDatabaseAsync("gives_a_schema");
        await Sql.DoAsync(database.Owner, "create schema read_model authorization partnerledger");
        await Sql.DoAsync(database.Serving, "create table read_model.t (i int)");
    }

    [Fact]
    public async Task Text_is_UTF_8_sorted_by_code_point_and_time_is_UTC()
    {
        var said = await Sql.AskAsync<string>(
            Cluster.ServingConnectionString,
            """
            select concat_ws(' ', current_setting('server_encoding'), current_setting('TimeZone'), 'Z' < 'a', upper('zürich'))
            """);

        Assert.Equal("UTF8 UTC t ZÜRICH", said);
    }

    [Fact]
    public async Task A_database_may_copy_another_and_be_dropped_while_in_use()
    {
        var template = await Cluster.CreateDatabaseAsync("a \"template\"");
        await Sql.DoAsync(template.Owner, "create table t as select 42 as answer");

        var copy = await Cluster.CreateDatabaseAsync("copy", "a \"template\"");
        await using var inUse = await Sql.OpenAsync(copy.Owner);
        Assert.Equal(42, await Sql.AskAsync<int>(copy.Owner, "select answer from t"));
        await Cluster.DropDatabaseAsync("copy");

        var gone = await Assert.ThrowsAsync<PostgresException>(() => Sql.OpenAsync(copy.Owner));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, gone.SqlState);
    }

    [Fact]
    public async Task Nothing_listens_on_the_network()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no private socket directory.");
        var host = new NpgsqlConnectionStringBuilder(Cluster.OwnerConnectionString).Host!;

        Assert.Equal("", await Sql.AskAsync<string>(Cluster.Connections.Superuser, "select current_setting('listen_addresses')"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(host));
    }

    [Fact]
    public async Task A_terminals_Ctrl_C_does_not_reach_the_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc tells a process's group and session.");
        var server = await StatAsync(Cluster.ProcessId!.Value);
        var service = await StatAsync(Environment.ProcessId);

        Assert.NotEqual(service.Group, server.Group);
        Assert.NotEqual(service.Session, server.Session);
    }

    private static async Task<(string Group, string Session)> StatAsync(int processId)
    {
        var stat = await File.ReadAllTextAsync($"/proc/{processId}/stat");
        // After the name in brackets: state, parent, group, session.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[2], fields[3]);
    }
}
