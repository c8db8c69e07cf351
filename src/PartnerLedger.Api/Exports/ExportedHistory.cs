using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Exports;

/// <summary>One partnership as it is exported: its events in order, and what people wrote with them, as far as it is not erased.</summary>
internal sealed record ExportedHistory(Guid Id, IReadOnlyList<ExportedEvent> Events);

/// <summary>An event, and its texts by the JSON pointers of their commitments.</summary>
internal sealed record ExportedEvent(RecordedEvent Recorded, IReadOnlyDictionary<string, string> Texts);
