using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>What a correction changes: the members of any event's request; which of them an event has is for the decision to tell.</summary>
internal sealed record ReplacementRequest
{
    private const string At = "/replacement";

    public Optional<string> Name { get; init; }
    public Optional<IReadOnlyList<PartnerRequest>> Partners { get; init; }
    public Optional<bool> SectorsComplete { get; init; }
    public Optional<IReadOnlyList<string>> Regions { get; init; }
    public Optional<string> Purpose { get; init; }
    public Optional<string> Reason { get; init; }
    public Optional<string> Factor { get; init; }
    public Optional<string> Note { get; init; }
    public Optional<string> Informant { get; init; }
    public Optional<string> InformantRegion { get; init; }
    public Optional<PartialDate> OccurredOn { get; init; }
    public Optional<Sector> Sector { get; init; }
    public Optional<string> Country { get; init; }

    public void Validate(Errors errors, RequestRules rules)
    {
        if (Name.HasValue)
        {
            errors.RequireName($"{At}/name", Name.Value, RequestErrors.LongestName);
        }

        if (Partners.HasValue)
        {
            errors.PartnerCount($"{At}/partners", Partners.Value);
            for (var i = 0; i < Partners.Value.Count; i++)
            {
                Partners.Value[i].Validate(errors, $"{At}/partners/{i}");
            }
        }

        if (Regions.HasValue)
        {
            errors.RegionSet($"{At}/regions", Regions.Value, rules);
        }

        errors.Text($"{At}/purpose", Purpose.OrClear(null));
        errors.Text($"{At}/reason", Reason.OrClear(null));
        errors.Text($"{At}/note", Note.OrClear(null));
        errors.Informed(At, Informant.OrClear(null), InformantRegion.OrClear(null), rules);
        errors.Country($"{At}/country", Country.OrClear(null));
        errors.NotInFuture($"{At}/occurredOn", OccurredOn.HasValue ? OccurredOn.Value : null, rules);
    }

    /// <summary>The replacement; <paramref name="informant"/> stands for the informant, if it names one.</summary>
    public Replacement ToReplacement(FreeTexts texts, Guid? informant) => new()
    {
        Name = Name,
        Partners = Partners.HasValue ? Optional<IReadOnlyList<Partner>>.Of([.. Partners.Value.Select(partner => partner.ToPartner())])
            : Partners.IsNull ? Optional<IReadOnlyList<Partner>>.Null : default,
        SectorsComplete = SectorsComplete,
        Regions = Regions,
        Purpose = Commit(Purpose, texts),
        Reason = Commit(Reason, texts),
        Factor = Factor,
        Note = Commit(Note, texts),
        Informant = informant is { } id ? id : Informant.IsNull ? Optional<Guid>.Null : default,
        InformantRegion = InformantRegion,
        OccurredOn = OccurredOn,
        Sector = Sector,
        Country = Country,
    };

    private static Optional<FreeText> Commit(Optional<string> text, FreeTexts texts) =>
        text.HasValue ? texts.Commit(text.Value)! : text.IsNull ? Optional<FreeText>.Null : default;
}
