namespace PartnerLedger.EventSourcing;

/// <summary>A kind of stream: the name it is stored under, and how its state follows from its events.</summary>
/// <param name="Name">Value of <c>mt_streams.type</c>.</param>
/// <param name="Fold">The state after an event; the state before is null for a stream's first event.</param>
public sealed record StreamType(string Name, Func<object?, RecordedEvent, object> Fold);

/// <summary>A stream's state at a version; null at version 0, where the stream does not exist.</summary>
public readonly record struct StreamState(object? Value, long Version);

/// <summary>Which stream: an id that came from outside is looked for among the streams of one type only.</summary>
internal readonly record struct StreamName(string Type, Guid Id);
