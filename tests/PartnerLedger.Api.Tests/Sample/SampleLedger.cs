using System.Text.Json;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Sample;

/// <summary>A service whose ledger holds the sample set, logged command by command.</summary>
public sealed class SampleLedger(TestCluster cluster) : IAsyncLifetime
{
    private const int LoggedAtOnce = 8;

    private readonly ServiceFactory service = new(cluster);

    private long position;

    /// <summary>The lines of the file that ships.</summary>
    internal static IReadOnlyList<JsonElement> Lines { get; } = [.. File.ReadLines(SampleSet.Path).Select(line => JsonDocument.Parse(line).RootElement)];

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        var leader = service.As(Role.Leader);
        foreach (var some in Lines.GroupBy(line => line.GetProperty("partnership").GetString()).Chunk(LoggedAtOnce))
        {
            position = Math.Max(position, (await Task.WhenAll(some.Select(lines => Log(leader, [.. lines])))).Max());
        }
    }

    internal Task<Answer> Get(Role role, string path) =>
        service.As(role).Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={position}");

    public ValueTask DisposeAsync() => service.DisposeAsync();

    private static async Task<long> Log(LedgerClient leader, IReadOnlyList<JsonElement> lines)
    {
        Assert.Equal("open", lines[0].GetProperty("command").GetString());
        var opened = (await leader.Post("/api/partnerships", Body(lines[0]))).Must(201);
        var last = opened.Position;
        foreach (var line in lines.Skip(1))
        {
            last = (await leader.Post($"{opened.Header("Location")}/{line.GetProperty("command").GetString()}", Body(line))).Must(200).Position;
        }

        return last;

        static string Body(JsonElement line) => line.GetProperty("body").GetRawText();
    }
}
