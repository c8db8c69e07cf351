using System.Security.Cryptography;

namespace PartnerLedger.EmbeddedPostgres.Tests;

/// <summary>A data directory that is gone after the test; the service makes it.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), "partnerledger-test-" + RandomNumberGenerator.GetHexString(16, lowercase: true));

    public string Cluster => System.IO.Path.Combine(Path, "cluster");

    public PostgresClusterOptions Options => new() { DataDirectory = Path, Durable = false };

    public Task<PostgresCluster> StartAsync(Action<string>? progress = null) => PostgresCluster.StartAsync(Options, progress);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
