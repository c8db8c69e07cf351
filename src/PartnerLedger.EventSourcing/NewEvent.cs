namespace PartnerLedger.EventSourcing;

/// <summary>An event about to be appended; the ledger adds position, version and recorded time.</summary>
/// <param name="Id">The event's id, made by the caller, so that the outcome of a broken commit can be looked up.</param>
/// <param name="Type">Name of the event's type, in snake_case.</param>
/// <param name="Data">What happened, as canonical JSON (RFC 8785); it goes into the leaf byte for byte.</param>
/// <param name="Texts">Free texts that <paramref name="Data"/> only commits to.</param>
/// <param name="Content">What <paramref name="Data"/> was written from, and reads as; immutable.</param>
public sealed record NewEvent(Guid Id, string Type, string Data, IReadOnlyList<EventText> Texts, object? Content = null);

/// <summary>A free text beside an event: erasable, while the event keeps SHA-256(salt ‖ text).</summary>
/// <param name="Member">JSON pointer to the commitment in the event's data.</param>
/// <param name="Salt">32 random bytes.</param>
/// <param name="Text">What was written.</param>
public sealed record EventText(string Member, byte[] Salt, string Text);

/// <summary>On whose account, and in which trace, events are appended.</summary>
/// <param name="Actor">Random id that stands for the person (see <see cref="People"/>); also the owner of the idempotency key.</param>
/// <param name="CorrelationId">W3C trace id, 32 lower-case hexadecimal digits.</param>
/// <param name="CausationId">W3C parent id, 16 lower-case hexadecimal digits, if the caller sent one.</param>
public sealed record EventMetadata(Guid Actor, string? CorrelationId, string? CausationId);

/// <summary>A key under which an accepted request is remembered, with an HMAC of the request under a random secret.</summary>
public sealed record IdempotencyKey(string Key, byte[] Secret, byte[] RequestHmac);

/// <summary>What is remembered of an accepted request: its answer, and the HMAC to recognise the same request by (null once erased).</summary>
public sealed record RememberedAnswer(Guid StreamId, long Version, long Position, string Answer, byte[]? Secret, byte[]? RequestHmac);
