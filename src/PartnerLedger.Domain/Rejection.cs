using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain;

/// <summary>Why a command was not accepted, with a code that clients may rely on.</summary>
public sealed record Rejection(RejectionKind Kind, string Code, string Detail)
{
    /// <summary>The state the partnership is in, where the lifecycle is the reason.</summary>
    public PartnershipState? State { get; init; }

    /// <summary>The states it may go to from there.</summary>
    public IReadOnlyList<PartnershipState>? Allowed { get; init; }

    /// <summary>The version of the event that stands in the way.</summary>
    public long? ConflictsWith { get; init; }

    /// <summary>The member of the request at fault, as a JSON pointer.</summary>
    public string? Pointer { get; init; }

    internal static Rejection Invalid(string code, string pointer, string detail) => new(RejectionKind.Invalid, code, detail) { Pointer = pointer };

    internal static Rejection NotFound(string code, string detail) => new(RejectionKind.NotFound, code, detail);

    internal static Rejection Conflict(string code, string detail) => new(RejectionKind.Conflict, code, detail);
}

/// <summary>Whether what was asked for is missing, malformed, or not allowed as things stand.</summary>
public enum RejectionKind
{
    NotFound,
    Invalid,
    Conflict,
}
