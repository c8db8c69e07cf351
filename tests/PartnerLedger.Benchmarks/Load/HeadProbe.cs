using System.Diagnostics;
using Npgsql;
using PartnerLedger.Benchmarks.Harness;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>
/// Asks for the ledger's head again and again, as appends do, and remembers the longest time it had to wait for it. What it locks is
/// not kept on the disk, for which it would wait, too.
/// </summary>
internal sealed class HeadProbe : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    private HeadProbe(Bench bench) => running = Run(bench.Connections.Owner, stopping.Token);

    public TimeSpan Longest { get; private set; }

    public static HeadProbe Start(Bench bench) => new(bench);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task Run(string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(CancellationToken.None);
        await using (var settings = new NpgsqlCommand("set synchronous_commit = off", connection))
        {
            await settings.ExecuteNonQueryAsync(CancellationToken.None);
        }

        await using var command = new NpgsqlCommand("select position from ledger_head for update", connection);
        while (!cancellationToken.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await command.ExecuteScalarAsync(CancellationToken.None);
            var waited = Stopwatch.GetElapsedTime(began);
            Longest = waited > Longest ? waited : Longest;
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
