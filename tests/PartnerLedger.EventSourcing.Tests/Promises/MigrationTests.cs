using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PartnerLedger.EventSourcing.Tests.Fixtures;

namespace PartnerLedger.EventSourcing.Tests.Promises;

public sealed class MigrationTests(Cluster cluster)
{
    [Fact]
    public async Task Two_nodes_may_migrate_an_empty_database_at_once_and_again()
    {
        await using var owner = await NewOwner(empty: true);

        await Task.WhenAll(Migrate(owner), Migrate(owner));
        await Migrate(owner);

        await using var count = owner.CreateCommand("select count(*) = max(number) from ledger_migration");
        Assert.Equal(true, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused()
    {
        await using var owner = await NewOwner();
        await Execute(owner, "update ledger_migration set sha256 = 'another' where number = 5");

        Assert.Contains("0005_ledger_leaf", (await Assert.ThrowsAsync<InvalidOperationException>(() => Migrate(owner))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var owner = await NewOwner();
        await Execute(owner, "insert into ledger_migration (number, name, sha256) values (9000, '9000_later', '')");

        Assert.Contains("newer", (await Assert.ThrowsAsync<InvalidOperationException>(() => Migrate(owner))).Message, StringComparison.Ordinal);
    }

    private static Task Migrate(NpgsqlDataSource owner) => Migrator.Migrate(owner, Cluster.ServingRole, NullLogger.Instance, default);

    private async Task<NpgsqlDataSource> NewOwner(bool empty = false) => NpgsqlDataSource.Create((await cluster.NewDatabase(empty)).Owner);

    private static async Task Execute(NpgsqlDataSource owner, string sql)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
