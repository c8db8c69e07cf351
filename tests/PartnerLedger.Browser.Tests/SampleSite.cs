using PartnerLedger.Browser.Tests;

[assembly: AssemblyFixture(typeof(SampleSite))]

namespace PartnerLedger.Browser.Tests;

/// <summary>A site whose ledger holds the made-up sample.</summary>
public sealed class SampleSite : Site
{
    private Guid import;

    /// <summary>A partnership that struggles.</summary>
    public Guid Struggling { get; private set; }

    /// <summary>Paths that somebody in these roles can open on this ledger: of each page at least one, and of each form.</summary>
    public IReadOnlyList<(string Role, string Path)> Pages =>
    [
        ("leader", "/"), ("leader", "/?columns=region&sort=negative"), ("leader", "/partnerships"), ("leader", "/partnerships/new"), ("leader", $"/partnerships/{Struggling}"),
        .. new[] { "do=factors", "do=partner", "do=regions", "do=name", "log=successful", "correct=1", "correct=2", "withdraw=2", "left=1&partner=0" }
            .Select(form => ("leader", $"/partnerships/{Struggling}?{form}")),
        ("leader", "/imports"), ("leader", $"/imports/{import}"),
        ("analyst", "/"), ("analyst", "/analysis"), ("analyst", "/analysis/contrast"), ("analyst", "/analysis/incidence"), ("analyst", "/analysis/transitions"),
        ("analyst", "/analysis/cooccurrence"), ("analyst", "/analysis/trend"), ("analyst", "/analysis/complementarity"), ("leader", "/analysis/contrast"),
        ("analyst", "/brief?sector=nonprofit&sector=government"),
        ("analyst", "/catalogue"), ("analyst", "/catalogue/N-TRUST"), ("analyst", "/catalogue/new"), ("analyst", "/catalogue/N-TRUST/revise"),
        ("analyst", "/frameworks?first=walk-1&second=walk-2"), ("analyst", "/frameworks/new"), ("analyst", "/frameworks/walk-1"), ("analyst", "/frameworks/walk-1/revise"),
        ("auditor", "/audit"), ("auditor", "/audit/reads"), ("auditor", $"/partnerships/{Struggling}"), ("auditor", $"/audit/partnerships/{Struggling}"),
        ("operator", "/"), ("operator", "/operations"), ("operator", "/operations/rotate-key"), ("operator", "/operations/accept-database"), ("operator", "/operations/erase-texts"), ("operator", "/operations/erase-person"),
        ("leader", "/sign-in"), ("leader", "/problems"), ("leader", "/problems/lifecycle-step"), ("leader", "/nowhere"), ("analyst", "/partnerships"), ("leader", "/?from=nonsense"),
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
        import = await leader.Import(sample);
        Struggling = (await leader.Get("/api/partnerships?state=struggling&limit=1")).GetProperty("items")[0].GetProperty("id").GetGuid();
        using var analyst = await WorkAs("analyst");
        foreach (var (code, weight) in new[] { ("walk-1", 3), ("walk-2", 5) })
        {
            await analyst.Post("/api/frameworks", new { code, name = $"Made-up framework {code}", source = "made up", factors = new[] { new { factor = "N-TRUST", weight } } });
        }
    }
}
