using System.Diagnostics;
using Npgsql;
using PartnerLedger.Benchmarks.Harness;

namespace PartnerLedger.Benchmarks.Load;

/// <summary>A binary COPY of all rows of a ledger into tables of the same layout, with the same indexes and constraints.</summary>
internal static class CopiedRows
{
    private static readonly string[] Tables = ["mt_streams", "mt_events", "ledger_leaf", "ledger_text"];

    /// <summary>How long the COPY took, and for how many events.</summary>
    public static async Task<(TimeSpan Time, long Events)> Measure(Bench bench)
    {
        await using var connection = new NpgsqlConnection(bench.Connections.Owner + ";Command Timeout=0");
        await connection.OpenAsync();
        await Execute(connection, "drop schema if exists copied cascade; create schema copied");
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            await Execute(connection, $"create table copied.{table} (like {table} including all)");
            files[table] = Path.Combine(bench.Directory, table + ".copy");
            await using var file = File.Create(files[table]);
            await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
            await rows.CopyToAsync(file);
        }

        await Execute(connection, "alter table copied.mt_events add foreign key (stream_id) references copied.mt_streams (id) on delete cascade");
        var taken = TimeSpan.Zero;
        foreach (var table in Tables)
        {
            await using var file = File.OpenRead(files[table]);
            var began = Stopwatch.GetTimestamp();
            await using (var rows = await connection.BeginRawBinaryCopyAsync($"copy copied.{table} from stdin (format binary)"))
            {
                await file.CopyToAsync(rows, 1024 * 1024);
            }

            taken += Stopwatch.GetElapsedTime(began);
        }

        await using var count = new NpgsqlCommand("select count(*) from copied.mt_events", connection);
        var events = (long)(await count.ExecuteScalarAsync())!;
        await Execute(connection, "drop schema copied cascade");
        return (taken, events);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
