namespace PartnerLedger.Api.Http;

/// <summary>Query parameters that an endpoint refuses to go without; all others may be left out.</summary>
internal sealed record RequiredParameters(params IReadOnlyList<string> Names);
