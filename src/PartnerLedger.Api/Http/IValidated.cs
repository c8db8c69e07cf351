namespace PartnerLedger.Api.Http;

/// <summary>A request that knows its own rules, and says where it breaks them.</summary>
internal interface IValidated
{
    void Validate(Errors errors);
}
