using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Notes one or several factors, an event each: what spoke against the partnership, or for it.</summary>
internal static class NoteFactors
{
    private const string Example = """{"factors":["N-TRUST","N-COMM"],"note":"Nobody answered letters","informant":"interview-12","informantRegion":"eu-plus","occurredOn":"2024"}""";

    private const int MostFactors = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/factors", Handle)
        .RequireRoles(Role.Leader)
        .DescribeCommand<CommandAnswer>("Note factors", "Partnerships", StatusCodes.Status200OK, Example);

    public static PartnershipCommand ToCommand(Request request, Given given)
    {
        var texts = new FreeTexts();
        var codes = request.Codes().Select(code => (code.Pointer, code.Code, Note: texts.Commit(request.Note))).ToList();
        return new(texts, Decide) { Codes = codes.ConvertAll(code => (code.Pointer, code.Code)) };

        Decision<IPartnershipEvent> Decide(Partnership partnership, Catalogue catalogue) => partnership.NoteFactors(codes.ConvertAll(code => new FactorNoted
        {
            Factor = code.Code,
            Polarity = catalogue.Factors[code.Code].Polarity,
            Topic = catalogue.Factors[code.Code].Topic,
            Note = code.Note,
            Informant = given.Informant,
            InformantRegion = request.InformantRegion,
            OccurredOn = request.OccurredOn ?? given.Today,
        }));
    }

    private static Task<IResult> Handle(Guid id, Body<Request> body, HttpContext http, PartnershipCommands commands) =>
        commands.Change(http, id, body, ToCommand);

    /// <summary>One factor or several, with a note that can be erased.</summary>
    internal sealed record Request : IRuled, IInformedRequest
    {
        /// <summary>A code of GET /api/factors.</summary>
        public string? Factor { get; init; }

        /// <summary>1 to 20 codes, instead of one.</summary>
        public IReadOnlyList<string>? Factors { get; init; }

        public string? Note { get; init; }

        /// <summary>An opaque word for who told.</summary>
        public string? Informant { get; init; }

        public string? InformantRegion { get; init; }

        /// <summary>2024, 2024-03 or 2024-03-15; today (UTC) when left out.</summary>
        public PartialDate? OccurredOn { get; init; }

        public IEnumerable<(string Pointer, string Code)> Codes() =>
            Factor is not null ? [("/factor", Factor)] : Factors!.Select((code, i) => ($"/factors/{i}", code));

        public void Validate(Errors errors, RequestRules rules)
        {
            if (Factor is null == Factors is null)
            {
                errors.Add("/factor", "Either factor or factors is required, and not both.");
            }

            if (Factors is { Count: 0 or > MostFactors })
            {
                errors.Add("/factors", $"Must have 1 to {MostFactors} codes.");
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < Factors?.Count; i++)
            {
                if (!seen.Add(Factors[i]))
                {
                    errors.Add($"/factors/{i}", "Stands more than once.");
                }
            }

            errors.Text("/note", Note);
            errors.Informed("", Informant, InformantRegion, rules);
            errors.NotInFuture("/occurredOn", OccurredOn, rules);
        }
    }
}
