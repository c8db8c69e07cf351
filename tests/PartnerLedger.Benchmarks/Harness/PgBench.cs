using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Benchmarks.Harness;

/// <summary>PostgreSQL's own benchmark, against the cluster that the service uses, with prepared statements.</summary>
internal sealed partial class PgBench
{
    private readonly string program;
    private readonly NpgsqlConnectionStringBuilder connection;
    private readonly string script;

    private PgBench(string program, NpgsqlConnectionStringBuilder connection, string script) =>
        (this.program, this.connection, this.script) = (program, connection, script);

    /// <summary>Makes what the script needs, and measures it from then on.</summary>
    public static async Task<PgBench> Prepare(Bench bench, string name, string setup, string script)
    {
        var binaries = await ServerBinaries.Find(bench.Directory);
        // What is on the path may be links to some of the programs alone.
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var server = Path.Combine(binaries.Directory, "postgres" + suffix);
        var home = Path.GetDirectoryName(File.ResolveLinkTarget(server, returnFinalTarget: true)?.FullName ?? server)!;
        var found = Path.Combine(home, "pgbench" + suffix);
        if (!File.Exists(found))
        {
            throw new FileNotFoundException("pgbench comes with a full installation of PostgreSQL, and measures what the service is compared with.", found);
        }

        await using var database = NpgsqlDataSource.Create(bench.Connections.Superuser);
        await using var command = database.CreateCommand(setup);
        await command.ExecuteNonQueryAsync();
        var path = Path.Combine(bench.Directory, name + ".pgbench");
        await File.WriteAllTextAsync(path, script);
        return new PgBench(found, new NpgsqlConnectionStringBuilder(bench.Connections.Superuser), path);
    }

    /// <summary>Transactions a second.</summary>
    public async Task<double> Measure(int clients, TimeSpan duration)
    {
        var threads = Math.Min(clients, Environment.ProcessorCount);
        var start = new ProcessStartInfo(program)
        {
            ArgumentList =
            {
                "--no-vacuum", "--protocol=prepared", $"--file={script}", $"--client={clients}", $"--jobs={threads}", $"--time={duration.TotalSeconds:F0}",
                $"--host={connection.Host}", $"--port={connection.Port}", $"--username={connection.Username}", connection.Database!,
            },
            Environment = { ["PGPASSWORD"] = connection.Password },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && Rate().Match(output) is { Success: true } rate
            ? double.Parse(rate.Groups["tps"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {await errors}{output}");
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+) \(without initial connection time\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rate();
}
