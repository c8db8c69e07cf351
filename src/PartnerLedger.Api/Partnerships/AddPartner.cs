using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Logs that an organisation joined; it is then known by the version with which it did.</summary>
internal static class AddPartner
{
    private const string Example = """{"name":"Red Cross","sector":"nonprofit","country":"NL","occurredOn":"2024-03"}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/partners", Handle)
        .RequireRoles(Role.Leader)
        .DescribeCommand<CommandAnswer>("Log that a partner joined", "Partnerships", StatusCodes.Status200OK, Example);

    public static PartnershipCommand ToCommand(Request request, Given given)
    {
        var partner = new Partner { Name = request.Name, Sector = request.Sector, Country = request.Country };
        return new(new FreeTexts(), (partnership, _) => partnership.AddPartner(partner, request.SectorsComplete, request.OccurredOn ?? given.Today));
    }

    private static Task<IResult> Handle(Guid id, Body<Request> body, HttpContext http, PartnershipCommands commands) =>
        commands.Change(http, id, body, ToCommand);

    /// <summary>A partner organisation; its name goes into the ledger for ever, and may be left out.</summary>
    internal sealed record Request : IRuled
    {
        public string? Name { get; init; }

        public required Sector Sector { get; init; }

        /// <summary>ISO 3166-1 alpha-2.</summary>
        public string? Country { get; init; }

        /// <summary>Whether the sectors of all partners are known from now on; as before when left out.</summary>
        public bool? SectorsComplete { get; init; }

        /// <summary>2024, 2024-03 or 2024-03-15; today (UTC) when left out.</summary>
        public PartialDate? OccurredOn { get; init; }

        public void Validate(Errors errors, RequestRules rules)
        {
            new PartnerRequest { Name = Name, Sector = Sector, Country = Country }.Validate(errors, "");
            errors.NotInFuture("/occurredOn", OccurredOn, rules);
        }
    }
}
