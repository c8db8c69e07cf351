using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Tests.Audit;

/// <summary>A ledger of more than 10,000 events with texts, its kit, and a note from when it was half as long.</summary>
public sealed class TenThousandEvents(TestCluster cluster) : IAsyncLifetime
{
    private const int Commands = 500;

    private static readonly string Factors = string.Join(
        ',', from topic in (string[])["PURPOSE", "SELFINT", "EXPECT", "TRUST", "HISTORY", "CULTURE", "POWER", "COMPETE", "COMMIT", "LEAD"] from sign in "NS" select $"\"{sign}-{topic}\"");

    internal ServiceFactory Service { get; } = new(cluster);

    internal byte[] Zip { get; private set; } = [];

    internal string OlderNote { get; private set; } = "";

    internal string Partnership { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Service.InitializeAsync();
        var (leader, auditor) = (Service.As(Role.Leader), Service.As(Role.Auditor));
        Partnership = await leader.Open(more: ""","purpose":"Fewer readmissions" """);
        var half = await Note(leader, Commands / 2);
        OlderNote = (await auditor.Get($"/api/audit/checkpoint?minPosition={half}")).Must(200).Text;
        var last = await Note(leader, Commands / 2);
        Zip = await (await auditor.Get($"/api/audit/kit?minPosition={last}")).Must(200).Response.Content.ReadAsByteArrayAsync();
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    private async Task<long> Note(LedgerClient leader, int commands)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, commands).Select(i =>
            leader.Post($"{Partnership}/factors", $$"""{"factors":[{{Factors}}],"note":"Told in meeting {{i}}"}""")));
        return answers.Max(answer => answer.Must(200).Position);
    }
}
