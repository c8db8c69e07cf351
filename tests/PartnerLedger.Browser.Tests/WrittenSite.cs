using PartnerLedger.Browser.Tests;

[assembly: AssemblyFixture(typeof(WrittenSite))]

namespace PartnerLedger.Browser.Tests;

/// <summary>A site whose ledger people write to while others do, too: what a test reads there it has written itself.</summary>
public sealed class WrittenSite : Site;
