using System.Runtime.InteropServices;

namespace PartnerLedger.Domain.Partnerships;

/// <summary>A partner as the partnership knows it: with which event it joined, and left if it did.</summary>
/// <param name="JoinedWith">The version of the event it joined with.</param>
/// <param name="Index">Its place among those who joined with that event, from 0.</param>
/// <param name="Partner">The organisation.</param>
/// <param name="JoinedOn">When it joined.</param>
/// <param name="LeftOn">When it left, if it did.</param>
/// <param name="LeftWith">The version of the event it left with.</param>
public sealed record KnownPartner(
    long JoinedWith, int Index, Partner Partner, PartialDate JoinedOn, PartialDate? LeftOn = null, long? LeftWith = null);

/// <summary>A factor noted, and the version it was noted with.</summary>
public readonly record struct StandingNote(long Version, FactorNoted Note);

/// <summary>A state it came into, with which version and when.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StandingStep(long Version, PartnershipState State, PartialDate OccurredOn);

/// <summary>An event that counts, with its corrections applied.</summary>
public readonly record struct StandingEvent(long Version, IPartnershipEvent Event);

/// <summary>Who told of an event, and from which region.</summary>
public readonly record struct StandingInformant(long Version, Guid? Informant, string? Region, PartialDate OccurredOn);

/// <summary>Where a text belongs: the event and the member of it, as a JSON pointer.</summary>
public readonly record struct TextPlace(long Version, string Member);
