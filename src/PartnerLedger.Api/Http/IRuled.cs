using PartnerLedger.Api.Partnerships;

namespace PartnerLedger.Api.Http;

/// <summary>A request whose rules depend on this ledger's settings and on the day.</summary>
internal interface IRuled : IValidated
{
    void Validate(Errors errors, RequestRules rules);

    void IValidated.Validate(Errors errors) => throw new InvalidOperationException("This request is validated by the ledger's rules.");
}

/// <summary>What requests are measured by: the regions of this ledger, and today (UTC).</summary>
internal sealed class RequestRules(Regions regions, TimeProvider clock)
{
    public Regions Regions { get; } = regions;

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
