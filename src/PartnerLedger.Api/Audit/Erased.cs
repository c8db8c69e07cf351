namespace PartnerLedger.Api.Audit;

/// <summary>One line of the list of erasures: the versions of a partnership whose texts were erased, or the person who was made nameless.</summary>
internal sealed record Erased(Guid? Partnership, IReadOnlyList<long>? Versions, Guid? Person);
