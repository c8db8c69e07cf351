using PartnerLedger.Api.Partnerships;

namespace PartnerLedger.Api.Imports;

/// <summary>What a line asks for, read and found well-formed: to open a partnership, or to change one.</summary>
internal sealed record LineCommand
{
    public Func<Given, PartnershipOpening>? Open { get; init; }

    public Func<Given, PartnershipCommand>? Change { get; init; }

    /// <summary>An opaque word for who told.</summary>
    public string? Informant { get; init; }
}

/// <summary>What a command does to the partnership, whatever its body says.</summary>
[Flags]
internal enum CommandTraits
{
    None = 0,

    /// <summary>It begins a partnership.</summary>
    Opens = 1,

    /// <summary>The lifecycle goes on from what it did: without it, nobody can tell whether a later step fits.</summary>
    ChangesState = 2,

    /// <summary>It names an event by its version.</summary>
    NamesVersion = 4,
}
