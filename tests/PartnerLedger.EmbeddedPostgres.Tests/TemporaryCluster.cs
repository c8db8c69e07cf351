namespace PartnerLedger.EmbeddedPostgres.Tests;

public sealed class TemporaryCluster : IAsyncLifetime
{
    private PostgresCluster? cluster;

    public PostgresCluster Cluster => cluster!;

    public async ValueTask InitializeAsync() => cluster = await PostgresCluster.StartTemporaryAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
