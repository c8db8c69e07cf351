namespace PartnerLedger.Api.Http;

/// <summary>Query parameters that an endpoint knows only to say why they are not for it; its description leaves them out.</summary>
internal sealed record RefusedParameters(params IReadOnlyList<string> Names);
