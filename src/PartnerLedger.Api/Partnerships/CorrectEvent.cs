using PartnerLedger.Api.Commands;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.Domain;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Partnerships;

/// <summary>Corrects or withdraws what was recorded wrongly: the event stays, and a later one says what holds instead.</summary>
internal static class CorrectEvent
{
    private const string Example = """{"version":2,"reason":"Wrong year","replacement":{"occurredOn":"2023"}}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/partnerships/{id:guid}/corrections", Handle)
        .RequireRoles(Role.Leader)
        .DescribeCommand<CommandAnswer>("Correct or withdraw an event", "Partnerships", StatusCodes.Status200OK, Example);

    public static PartnershipCommand ToCommand(Request request, Given given)
    {
        var texts = new FreeTexts();
        var reason = texts.Commit(request.Reason)!;
        if (request.Replacement is not { } asked)
        {
            return new(texts, (partnership, _) => partnership.Withdraw(request.Version, reason));
        }

        var replacement = asked.ToReplacement(texts, given.Informant);
        return asked.Factor.HasValue
            ? new(texts, (partnership, catalogue) => partnership.Correct(request.Version, reason, As(replacement, catalogue.Factors[asked.Factor.Value])))
            {
                Codes = [("/replacement/factor", asked.Factor.Value)],
            }
            : new(texts, (partnership, _) => partnership.Correct(request.Version, reason, replacement));
    }

    private static Task<IResult> Handle(Guid id, Body<Request> body, HttpContext http, PartnershipCommands commands) =>
        commands.Change(http, id, body, ToCommand);

    // The corrected note says what the catalogue says of the right factor now.
    private static Replacement As(Replacement replacement, Factor factor) =>
        replacement with { Polarity = factor.Polarity, Topic = factor.Topic };

    /// <summary>Which event, why, and what holds instead: nothing (withdrawn), or these members.</summary>
    internal sealed record Request : IRuled, IInformedRequest
    {
        /// <summary>The version of the event that is corrected.</summary>
        public required long Version { get; init; }

        /// <summary>Why it is corrected; can be erased.</summary>
        public required string Reason { get; init; }

        /// <summary>True: the event counts no more. Not together with a replacement.</summary>
        public bool? Withdrawn { get; init; }

        /// <summary>Members of that event's request: those named here hold instead, null clears an optional one, the others stay as they stand.</summary>
        public ReplacementRequest? Replacement { get; init; }

        string? IInformedRequest.Informant => Replacement?.Informant.OrClear(null);

        public void Validate(Errors errors, RequestRules rules)
        {
            errors.Require("/reason", Reason, RequestErrors.LongestText);
            if (Withdrawn is true == Replacement is not null)
            {
                errors.Add("/replacement", "Either withdrawn: true or a replacement is required, and not both.");
            }

            Replacement?.Validate(errors, rules);
        }
    }
}
