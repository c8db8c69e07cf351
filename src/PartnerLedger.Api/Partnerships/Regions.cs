using System.Collections.Frozen;
using PartnerLedger.Api.Operations;

namespace PartnerLedger.Api.Partnerships;

/// <summary>The codes of the regions that partnerships and informants may have, in the order in which they are shown.</summary>
internal sealed class Regions
{
    private static readonly string[] Default =
        ["asia-pacific", "eu-plus", "north-america", "latin-america-caribbean", "middle-east", "africa", "eastern-europe-central-asia"];

    private readonly FrozenSet<string> codes;

    private Regions(IReadOnlyList<string> all) => (All, codes) = (all, all.ToFrozenSet(StringComparer.Ordinal));

    public IReadOnlyList<string> All { get; }

    public bool Contains(string code) => codes.Contains(code);

    /// <summary>A list in the configuration, or one text with commas, as environment variables have it.</summary>
    public static Regions Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Ledger:Regions");
        var given = section.Value is { Length: > 0 } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(child => child.Value ?? "")];
        var all = given.Length == 0 ? Default : given;
        return all.Distinct(StringComparer.Ordinal).Count() == all.Length && Array.TrueForAll(all, code => code.Length is > 0 and <= 64)
            ? new Regions(all)
            : throw new StartRefusedException("Ledger:Regions must list distinct codes of 1 to 64 characters.");
    }
}
