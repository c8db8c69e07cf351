using Npgsql;

namespace PartnerLedger.Api.Tests.Imports;

/// <summary>Keeps every node from moving imports, as another node that is at it does, until this is disposed.</summary>
internal sealed class HeldMover : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private HeldMover(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<HeldMover> Hold(string database)
    {
        var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select pg_advisory_lock({0x504C_494D_504F_5254})", connection);
        await command.ExecuteNonQueryAsync();
        return new HeldMover(connection);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
