using PartnerLedger.Domain;

namespace PartnerLedger.Api.Audit;

/// <summary>One line of the list of erasures: the events of a partnership or framework whose texts were erased, and by which erasure; or the person who was made nameless.</summary>
internal sealed record Erased(Guid? Stream, IReadOnlyList<Guid>? Events, EarlierErasure? Erasure, Guid? Person);
