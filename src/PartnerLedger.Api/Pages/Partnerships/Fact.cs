using PartnerLedger.Api.Partnerships;
using PartnerLedger.Domain;

namespace PartnerLedger.Api.Pages.Partnerships;

/// <summary>One thing that is known of a partnership: none, one or several values.</summary>
public sealed record Fact(string Label, IReadOnlyList<string> Values)
{
    /// <summary>What stands about the partnership as a whole.</summary>
    internal static IReadOnlyList<Fact> Of(PartnershipView view) =>
    [
        new("Name", [view.Name]),
        new("State", [view.State.ToWord()]),
        new("Purpose", Some(view.Purpose)),
        new("Proposed", Some(view.ProposedOn?.ToString())),
        new("Sectors", [.. view.Sectors.Select(sector => sector.ToWord()), .. view.SectorsComplete ? Array.Empty<string>() : ["others not known"]]),
        new("Span", Some(view.Span switch { null => "undetermined", 1 => "1 sector", var span => $"{span} sectors" })),
        new("Regions", view.Regions),
    ];

    /// <summary>The same, with its partners and the factors that are noted of it.</summary>
    internal static IReadOnlyList<Fact> AllOf(PartnershipView view) =>
    [
        .. Of(view),
        new("Partners", [.. view.Partners.Select(partner => $"{Named(partner)}, joined {partner.JoinedOn}{(partner.LeftOn is { } left ? $", left {left}" : "")}")]),
        new("Factors", [.. view.Factors.Select(factor => $"{factor.Factor} ({factor.Polarity.ToWord()}, {factor.Topic}), noted {Times(factor.TimesNoted)}, first {factor.FirstOccurredOn}")]),
    ];

    internal static string Named(PartnershipView.PartnerView partner) => Named(partner.Name, partner.Sector.ToWord(), partner.Country);

    internal static string Named(string? name, string sector, string? country) =>
        $"{name ?? "Unnamed partner"} ({sector}{(country is null ? "" : $", {country}")})";

    internal static string Times(int times) => times == 1 ? "once" : $"{times} times";

    private static IReadOnlyList<string> Some(string? value) => value is null ? [] : [value];
}
