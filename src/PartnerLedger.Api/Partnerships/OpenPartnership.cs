using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Begins the record of a partnership: one proposed, or one that was never raised, or never became one.</summary>
internal static class OpenPartnership
{
    private const string Example = """
        {"name":"Care at home","partners":[{"name":"Red Cross","sector":"nonprofit","country":"NL"},{"sector":"government"}],"regions":["eu-plus"],"purpose":"Fewer readmissions","occurredOn":"2024-03"}
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships", Handle)
        .RequireRoles(Role.Leader)
        .DescribeCommand<CommandAnswer>("Log a partnership", "Partnerships", StatusCodes.Status201Created, Example);

    public static PartnershipOpening ToOpening(Request request, Given given)
    {
        var texts = new FreeTexts();
        var opening = new Opening
        {
            Name = request.Name,
            Partners = [.. (request.Partners ?? []).Select(partner => partner.ToPartner())],
            SectorsComplete = request.SectorsComplete ?? true,
            Regions = request.Regions ?? [],
            Purpose = texts.Commit(request.Purpose),
            Informant = given.Informant,
            InformantRegion = request.InformantRegion,
            OccurredOn = request.OccurredOn ?? given.Today,
        };
        return new(texts, Partnership.Open(request.Stage ?? PartnershipState.Proposed, opening));
    }

    private static Task<IResult> Handle(Body<Request> body, HttpContext http, PartnershipCommands commands) => commands.Open(http, body, ToOpening);

    /// <summary>What is said of a partnership when its record begins. The names go into the ledger for ever; the purpose can be erased.</summary>
    internal sealed record Request : IRuled, IInformedRequest
    {
        public required string Name { get; init; }

        /// <summary>proposed (unless said), unexplored or undeveloped.</summary>
        public PartnershipState? Stage { get; init; }

        public IReadOnlyList<PartnerRequest>? Partners { get; init; }

        /// <summary>Whether the sectors of all partners are known; true unless said.</summary>
        public bool? SectorsComplete { get; init; }

        /// <summary>Codes of GET /api/regions.</summary>
        public IReadOnlyList<string>? Regions { get; init; }

        public string? Purpose { get; init; }

        /// <summary>An opaque word for who told.</summary>
        public string? Informant { get; init; }

        public string? InformantRegion { get; init; }

        /// <summary>2024, 2024-03 or 2024-03-15; today (UTC) when left out.</summary>
        public PartialDate? OccurredOn { get; init; }

        public void Validate(Errors errors, RequestRules rules)
        {
            errors.RequireName("/name", Name, RequestErrors.LongestName);
            if (Stage is { } stage && !Lifecycle.Openings.Contains(stage))
            {
                errors.Add("/stage", $"Must be one of {string.Join(", ", Lifecycle.Openings.Select(opening => opening.ToWord()))}.");
            }

            errors.PartnerCount("/partners", Partners ?? []);
            for (var i = 0; i < Partners?.Count; i++)
            {
                Partners[i].Validate(errors, $"/partners/{i}");
            }

            errors.RegionSet("/regions", Regions ?? [], rules);
            errors.Text("/purpose", Purpose);
            errors.Informed("", Informant, InformantRegion, rules);
            errors.NotInFuture("/occurredOn", OccurredOn, rules);
        }
    }
}
