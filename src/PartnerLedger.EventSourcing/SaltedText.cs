namespace PartnerLedger.EventSourcing;

/// <summary>What someone wrote, with the salt under which its event committed to it; the member is a JSON pointer into the event's data.</summary>
public sealed record SaltedText(long Position, string Member, byte[] Salt, string Text);
