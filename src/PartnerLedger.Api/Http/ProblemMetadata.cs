namespace PartnerLedger.Api.Http;

/// <summary>Which problems an endpoint may answer with, beyond those that every endpoint may.</summary>
internal sealed record ProblemMetadata(IReadOnlyList<ProblemType> Types);
