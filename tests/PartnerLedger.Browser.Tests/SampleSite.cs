using PartnerLedger.Browser.Tests;

[assembly: AssemblyFixture(typeof(SampleSite))]

namespace PartnerLedger.Browser.Tests;

/// <summary>A site whose ledger holds the made-up sample.</summary>
public sealed class SampleSite : Site
{
    /// <summary>A partnership that struggles.</summary>
    public Guid Struggling { get; private set; }

    /// <summary>A path of each page that somebody in these roles can open, on this ledger.</summary>
    public IReadOnlyList<(string Role, string Path)> Pages =>
    [
        ("leader", "/"), ("leader", "/?columns=region&sort=negative"), ("leader", "/partnerships"), ("leader", $"/partnerships/{Struggling}"), ("leader", "/partnerships/new"),
        ("leader", "/imports"),
        ("analyst", "/"), ("analyst", "/analysis"), ("analyst", "/analysis/contrast"), ("analyst", "/analysis/incidence"), ("analyst", "/analysis/transitions"),
        ("analyst", "/analysis/cooccurrence"), ("analyst", "/analysis/trend"), ("analyst", "/analysis/complementarity"), ("leader", "/analysis/contrast"),
        ("analyst", "/brief?sector=nonprofit&sector=government"),
        ("analyst", "/catalogue"), ("analyst", "/catalogue/N-TRUST"), ("analyst", "/catalogue/new"), ("analyst", "/frameworks"), ("analyst", "/frameworks/new"),
        ("auditor", "/audit"), ("auditor", "/audit/reads"), ("auditor", $"/audit/partnerships/{Struggling}"),
        ("operator", "/"), ("operator", "/operations"),
        ("leader", "/problems"), ("leader", "/problems/lifecycle-step"), ("leader", "/nowhere"), ("analyst", "/partnerships"), ("leader", "/?from=nonsense"),
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (Chromium.Path is null)
        {
            return;
        }

        using var leader = await WorkAs("leader");
        await using var sample = typeof(Program).Assembly.GetManifestResourceStream("sample.ndjson")!;
        await leader.Import(sample);
        Struggling = (await leader.Get("/api/partnerships?state=struggling&limit=1")).GetProperty("items")[0].GetProperty("id").GetGuid();
    }
}
