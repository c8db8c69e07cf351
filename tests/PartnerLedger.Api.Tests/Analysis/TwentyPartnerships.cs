using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>
/// A service that was told of ten partnerships that failed, nine of them for want of trust, and of ten that succeeded, three of
/// them in spite of it and all by open communication; six of the failed and two of the successful are of industry. Five began in each year from 2020 to 2023.
/// </summary>
public sealed class TwentyPartnerships(TestCluster cluster) : IAsyncLifetime
{
    private readonly ServiceFactory service = new(cluster);
    private long position;

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        var leader = service.As(Role.Leader);
        for (var i = 0; i < 20; i++)
        {
            var isFailed = i < 10;
            var sector = (isFailed ? i < 6 : i < 12) ? "industry" : "nonprofit";
            var path = await leader.Opened($$"""{"name":"p{{i}}","partners":[{"sector":"{{sector}}"}],"regions":["eu-plus"],"occurredOn":"{{2020 + (i % 4)}}-03"}""");
            string[] factors = [.. isFailed ? [] : new[] { "S-COMM" }, .. (isFailed ? i < 9 : i > 16) ? ["N-TRUST"] : Array.Empty<string>()];
            if (factors.Length > 0)
            {
                (await leader.Post($"{path}/factors", $$"""{"factors":["{{string.Join("\",\"", factors)}}"],"occurredOn":"2024"}""")).Must(200);
            }

            position = (await leader.Post($"{path}/{(isFailed ? "failed" : "successful")}")).Must(200).Position;
        }
    }

    internal LedgerClient As(params Role[] roles) => service.As(roles);

    /// <summary>What the contrast answers once everything is counted.</summary>
    internal Task<Answer> Contrast(Role role, string question, params (string Name, string Value)[] headers) => Ask(role, $"contrast?{question}", headers);

    /// <summary>What a route of the analysis answers once everything is counted.</summary>
    internal Task<Answer> Ask(Role role, string question, params (string Name, string Value)[] headers) =>
        service.As(role).Get($"/api/analysis/{question}&minPosition={position}", headers);

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
