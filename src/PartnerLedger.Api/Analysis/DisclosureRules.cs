using PartnerLedger.Api.Operations;
using PartnerLedger.Api.Security;

namespace PartnerLedger.Api.Analysis;

/// <summary>From how many partnerships or informants on analysts see a count, as the owner of the ledger has set it.</summary>
internal sealed record DisclosureRules(long Threshold)
{
    private const string Setting = "Ledger:SuppressionThreshold";

    public static DisclosureRules Of(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => new(5),
        var text when long.TryParse(text, out var threshold) && threshold is >= 1 and <= 1_000_000 => new(threshold),
        _ => throw new StartRefusedException($"{Setting} must be a whole number from 1, which shows every count to everybody, to 1000000."),
    };

    /// <summary>What the one who asks may see.</summary>
    public Disclosure For(HttpContext http) =>
        Disclosure.For(Enum.GetValues<Role>().Where(role => http.User.IsInRole(role.Word())).ToHashSet(), Threshold);
}
