using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Sample;

/// <summary>A service that was started on a new database with <c>--seed sample</c>.</summary>
public sealed class SampleLedger(TestCluster cluster) : IAsyncLifetime
{
    private readonly ServiceFactory database = new(cluster);
    private WebApplicationFactory<Program>? seeded;
    private long position;

    /// <summary>The lines of the file that ships.</summary>
    internal static IReadOnlyList<JsonElement> Lines { get; } = [.. File.ReadLines(SampleSet.Path).Select(line => JsonDocument.Parse(line).RootElement)];

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        seeded = database.AnotherNode(builder => builder.UseSetting("seed", "sample"));
        seeded.StartServer();
        position = (long)(await Sql.Run(database.Database.Owner, "select position from ledger_head"))!;
    }

    internal Task<Answer> Get(Role role, string path) =>
        seeded!.As(role).Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={position}");

    public async ValueTask DisposeAsync()
    {
        await seeded!.DisposeAsync();
        await database.DisposeAsync();
    }
}
