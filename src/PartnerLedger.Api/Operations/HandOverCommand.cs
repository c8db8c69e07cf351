using Npgsql;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Operations;

/// <summary>The command line's <c>hand-over</c>: lets Marten write to this ledger from now on, while no node serves it.</summary>
internal static class HandOverCommand
{
    public const string Name = "hand-over";

    public static async Task<int> Run(LedgerDatabase database, CancellationToken cancellationToken)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Owner) { Pooling = false }.ConnectionString);
        try
        {
            var position = await HandOver.Run(owner, cancellationToken);
            Console.WriteLine($"Handed over at position {position}: Marten may write from {position + 1} on. Once it has, this service will not serve this ledger again.");
            return 0;
        }
        catch (InvalidOperationException exception)
        {
            throw new StartRefusedException(exception.Message);
        }
    }
}
