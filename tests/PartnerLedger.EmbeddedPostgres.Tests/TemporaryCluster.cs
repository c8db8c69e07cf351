namespace PartnerLedger.EmbeddedPostgres.Tests;

public sealed class TemporaryCluster : IAsyncLifetime
{
    PostgresCluster? _cluster;

    public PostgresCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await PostgresCluster.StartTemporaryAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
