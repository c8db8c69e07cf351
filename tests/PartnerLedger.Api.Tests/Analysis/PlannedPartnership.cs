using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>
/// A service that was told, of nonprofits with government, of eight that failed, five that never formed and twelve that succeeded, many of
/// them short of funds, of four of government alone, and of enough others that the summary has no state or region to hide.
/// </summary>
public sealed class PlannedPartnership(TestCluster cluster) : IAsyncLifetime
{
    private const string Both = """{"sector":"nonprofit"},{"sector":"government"}""";
    private const string Alone = """{"sector":"government"}""";

    private readonly ServiceFactory service = new(cluster);
    private long position;

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        (await service.As(Role.Analyst).Put("/api/factors/N-FUND",
            """{"topic":"FUND","polarity":"negative","label":"Funding lacking or lost","mitigations":["Ask early."]}""")).Must(200);
        for (var i = 0; i < 12; i++)
        {
            string[] factors = [.. i < 5 ? ["N-FUND"] : Array.Empty<string>(), .. i < 9 ? ["S-FUND"] : Array.Empty<string>()];
            var path = await Log(Both, "eu-plus", "proposed", factors, i < 6 ? ["struggling", "successful"] : ["successful"]);
            if (i == 5)
            {
                await Note(path, "N-FUND", "2024");
            }
        }

        for (var i = 0; i < 8; i++)
        {
            await Log(Both, i % 2 == 0 ? "eu-plus" : "africa", "proposed", ["N-FUND"], ["struggling", "failed"]);
        }

        for (var i = 0; i < 5; i++)
        {
            await Log(Both, "eu-plus", "undeveloped", ["N-FUND"], []);
        }

        for (var i = 0; i < 3; i++)
        {
            await Log(Alone, "eu-plus", "proposed", i < 2 ? ["N-TRUST"] : [], ["failed"]);
        }

        await Log(Alone, "eu-plus", "proposed", [], ["active"]);
        await Log(Both, "middle-east", "proposed", [], ["active"]);
        for (var i = 0; i < 10; i++)
        {
            await Log("", i % 2 == 0 ? "africa" : "middle-east", "proposed", [], ["active"]);
        }
    }

    internal Task<Answer> Ask(Role role, string question, params (string Name, string Value)[] headers) =>
        service.As(role).Get($"/api/analysis/brief?{question}&minPosition={position}", headers);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    // Noted in 2021, and then a step a year.
    private async Task<string> Log(string partners, string region, string stage, string[] factors, string[] states)
    {
        var leader = service.As(Role.Leader);
        var path = await leader.Opened($$"""{"name":"x","stage":"{{stage}}","partners":[{{partners}}],"regions":["{{region}}"],"occurredOn":"2020"}""");
        foreach (var factor in factors)
        {
            await Note(path, factor, "2021");
        }

        foreach (var (i, state) in states.Index())
        {
            position = (await leader.Post($"{path}/{state}", $$"""{"occurredOn":"{{2021 + i}}"}""")).Must(200).Position;
        }

        return path;
    }

    private async Task Note(string path, string factor, string on) =>
        position = (await service.As(Role.Leader).Post($"{path}/factors", $$"""{"factor":"{{factor}}","occurredOn":"{{on}}"}""")).Must(200).Position;
}
