using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Analysis;

/// <summary>A service that was told of seven partnerships of nonprofits, two of them with industry and short of funds.</summary>
public sealed class SevenPartnerships(TestCluster cluster) : IAsyncLifetime
{
    private readonly ServiceFactory service = new(cluster);

    /// <summary>The position of the last event.</summary>
    public long Position { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await service.InitializeAsync();
        var leader = As(Role.Leader);
        for (var i = 0; i < 7; i++)
        {
            var partners = i < 2 ? """{"sector":"nonprofit"},{"sector":"industry"}""" : """{"sector":"nonprofit"}""";
            var path = await leader.Opened($$"""{"name":"p{{i}}","partners":[{{partners}}],"regions":["eu-plus"],"occurredOn":"2024-03"}""");
            Position = i < 2
                ? (await leader.Post($"{path}/factors", $$"""{"factor":"N-FUND","informant":"i{{i}}","informantRegion":"africa","occurredOn":"2024"}""")).Must(200).Position
                : (await leader.Post($"{path}/active")).Must(200).Position;
        }
    }

    internal LedgerClient As(params Role[] roles) => service.As(roles);

    /// <summary>What a route of the analysis answers once everything is counted.</summary>
    internal Task<Answer> Ask(Role role, string question, params (string Name, string Value)[] headers) =>
        As(role).Get($"/api/analysis/{question}{(question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={Position}", headers);

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
