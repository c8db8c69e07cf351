using PartnerLedger.Api.Http;
using PartnerLedger.Api.Security;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Audit;

/// <summary>Lets the ledger go on from a database that is older than its last note: under another name and key, for no key signs two histories.</summary>
internal static partial class AcceptDatabase
{
    private const int LongestGround = 4_000;
    private const string Example = """{"ground":"Restored from the backup of 3 March after the disk failed; what came later is lost."}""";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/operations/audit/acceptance", Handle)
        .RequireRoles(Role.Operator)
        .WithTags("Operations")
        .WithSummary("Accept a database that is not the one of its last note")
        .WithDescription("Also where the key that signs is lost and no machine has it. Notes of the log before stay true of the events it signed; the log that begins has another origin and another key. Writes go on.")
        .WithMetadata(new ExampleMetadata(Example))
        .Produces<Response>()
        .MayRefuse(Problems.Conflict, Problems.TooLarge, Problems.UnsupportedMediaType);

    private static async Task<IResult> Handle(Body<Request> body, HttpContext http, NoteStore notes, Standing standing, Erasures erasures, People people, ILogger<Standing> logger)
    {
        await standing.Look(http.RequestAborted);
        if ((standing.Refusal ?? (standing.LacksKey ? "The key of the log before is lost." : null)) is not { } reason)
        {
            return Problems.Conflict.Because("The database holds what the last note says: there is nothing to accept.");
        }

        var caller = Caller.From(http);
        var by = await people.Actor(caller.Issuer, caller.Subject, http.RequestAborted);
        var origin = await notes.Accept(body.Value.Ground, by, http.RequestAborted);
        Accepted(logger, by, reason, origin, body.Value.Ground);
        await standing.Look(http.RequestAborted);
        await erasures.Replay(CancellationToken.None);
        return TypedResults.Ok(new Response(origin, reason));
    }

    /// <summary>Why what is missing may be missing.</summary>
    internal sealed record Request : IValidated
    {
        public required string Ground { get; init; }

        public void Validate(Errors errors) => errors.Require("/ground", Ground, LongestGround);
    }

    /// <summary>The origin of the notes from now on, and what was accepted.</summary>
    internal sealed record Response(string Origin, string Accepted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Operator {By} accepted this database ({Reason}); notes are about {Origin} from now on. Ground: {Ground}")]
    private static partial void Accepted(ILogger logger, Guid by, string reason, string origin, string ground);
}
