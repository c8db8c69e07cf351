using System.Security.Cryptography;
using PartnerLedger.EmbeddedPostgres;

namespace PartnerLedger.Benchmarks.Harness;

/// <summary>Where one benchmark is run: a durable PostgreSQL of its own, in a directory that goes with it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly PostgresCluster cluster;
    private readonly string name;

    private Bench(PostgresCluster cluster, string directory, string name, BenchmarkOptions options, Report report) =>
        (this.cluster, Directory, this.name, Options, Report) = (cluster, directory, name, options, report);

    public BenchmarkOptions Options { get; }

    public Report Report { get; }

    /// <summary>The ledger's database, by role.</summary>
    public DatabaseConnections Connections => cluster.Connections;

    /// <summary>Holds all that a run leaves behind.</summary>
    public string Directory { get; }

    public static async Task<Bench> Start(string name, BenchmarkOptions options, Report report)
    {
        var directory = Path.Combine(Path.GetTempPath(), "partnerledger-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        // fsync is on: a commit that does not reach the disk would flatter everyone.
        var started = await PostgresCluster.StartAsync(new PostgresClusterOptions
        {
            DataDirectory = directory,
            Durable = true,
            Temporary = true,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "250" },
        });
        return new Bench(started, directory, name, options, report);
    }

    /// <summary>Tells how it goes, beside the table.</summary>
    public void Say(string what) => Console.Error.WriteLine($"{name}: {what}");

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
