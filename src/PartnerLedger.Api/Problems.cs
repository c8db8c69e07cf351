using System.Collections.Frozen;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api;

/// <summary>Every way in which the service says no. Codes are stable: clients branch on them.</summary>
internal static class Problems
{
    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "The request is not valid",
        "Something in the request is missing, malformed or not allowed. Where it can be told, the member errors says where (a JSON pointer into the body, or the name of a query parameter or header) and why. Mend it and send it again.");

    public static readonly ProblemType Unauthenticated = new("unauthenticated", 401, "A valid token is needed",
        "The request carries no bearer token, or one that has expired, was signed by someone else, or is meant for another service. Sign in and send it again.");

    public static readonly ProblemType Forbidden = new("forbidden", 403, "Your role may not do this",
        "It is known who you are, but this is for others: none of your roles may do it.");

    public static readonly ProblemType NotFound = new("not-found", 404, "There is no such thing",
        "The path names nothing that the ledger knows: no such route, partnership, factor, framework or version.");

    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The method is not allowed here",
        "The path exists, but not for this method. The header Allow lists the methods that it takes.");

    public static readonly ProblemType NotAcceptable = new("not-acceptable", 406, "The answer cannot take that form",
        "None of the media types that the header Accept asks for can be produced here. The API's description lists those that can.");

    public static readonly ProblemType LifecycleStep = new("lifecycle-step", 409, "The lifecycle does not allow this step",
        "A partnership cannot go from its present state to the one asked for. The member state names the present one, allowed those that may follow.");

    public static readonly ProblemType RepeatedState = new("repeated-state", 409, "The partnership is in that state already",
        "The last lifecycle event said the same. Nothing was recorded.");

    public static readonly ProblemType AlreadyExists = new("already-exists", 409, "It exists already",
        "Something with this code is in the ledger already. Revise it instead, or choose another code.");

    public static readonly ProblemType FirstEventWithdrawn = new("first-event-withdrawn", 409, "The first event cannot be withdrawn",
        "A partnership begins with its first event; without it there is nothing to keep. Correct its members instead.");

    public static readonly ProblemType CorrectionOfCorrection = new("correction-of-correction", 409, "A correction cannot be corrected",
        "Corrections, withdrawals and erasures stand. Correct the event that they speak of once more: the latest correction holds.");

    public static readonly ProblemType AlreadyWithdrawn = new("already-withdrawn", 409, "The event is withdrawn already",
        "Nothing was recorded. A correction with a replacement would bring the event back.");

    public static readonly ProblemType PartnerLeftAlready = new("partner-left-already", 409, "The partner has left already",
        "A partner leaves once. If the date or the reason was wrong, correct the event that said so.");

    public static readonly ProblemType CorrectionConflict = new("correction-conflict", 409, "Later events depend on what would change",
        "With this correction a later event would no longer fit: a step that the lifecycle forbids, or a partner who left without having joined. The member conflictsWith is that event's version; correct or withdraw it first.");

    public static readonly ProblemType Conflict = new("conflict", 409, "It does not fit what the ledger holds",
        "The request is well formed, but what the ledger holds does not allow it. The detail says why.");

    public static readonly ProblemType PreconditionFailed = new("precondition-failed", 412, "Someone was faster",
        "The header If-Match names a version that is no longer current. The member version is the current one: read it, and decide again.");

    public static readonly ProblemType TooLarge = new("too-large", 413, "The request is too large",
        "A request body may have up to 1 MiB; an imported file up to 2 GiB.");

    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body's media type is not supported",
        "Bodies are JSON in UTF-8: send Content-Type: application/json.");

    public static readonly ProblemType KeyReused = new("idempotency-key-reused", 422, "The key was used for another request",
        "This Idempotency-Key belongs to an earlier request with another method, path or body. Take a new key for a new request.");

    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests",
        "Wait for as many seconds as the header Retry-After says, then send it again.", RetryAfter: 1);

    public static readonly ProblemType Fault = new("fault", 500, "The service failed",
        "The fault lies with the service. It has been logged under the traceId; tell it to whoever runs the service.");

    public static readonly ProblemType DatabaseUnreachable = new("database-unreachable", 503, "The database cannot be reached",
        "Nothing was recorded. Send the request again after the seconds that Retry-After says; with an Idempotency-Key that is always safe.", RetryAfter: 2);

    public static readonly ProblemType Busy = new("busy", 503, "The service is busy",
        "Too many commands wait, or too many others changed the same partnership. Nothing was recorded: send the request again after the seconds that Retry-After says.", RetryAfter: 1);

    public static readonly ProblemType NotYetVisible = new("not-yet-visible", 503, "The position is not visible yet",
        "The read models did not reach the position that minPosition asks for in time. It is recorded, or will be; ask again.", RetryAfter: 1);

    public static readonly ProblemType OutcomeUnknown = new("outcome-unknown", 503, "It is unknown whether this was recorded",
        "The connection to the database broke during the commit. With the same Idempotency-Key the request can be sent again safely; without one, look before repeating it.", RetryAfter: 2);

    public static readonly ProblemType OlderThanNote = new("older-than-note", 503, "The database is older than the last checkpoint note",
        "What was signed already is not in the database, or not as it was signed: a backup was restored, or a standby that lagged behind took over. Nothing is written until an operator accepts the database. The detail says what is missing.", RetryAfter: 60);

    /// <summary>In the order of their status, as the page of problems lists them.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        InvalidRequest, Unauthenticated, Forbidden, NotFound, MethodNotAllowed, NotAcceptable,
        LifecycleStep, RepeatedState, AlreadyExists, FirstEventWithdrawn, CorrectionOfCorrection, AlreadyWithdrawn, PartnerLeftAlready,
        CorrectionConflict, Conflict, PreconditionFailed, TooLarge, UnsupportedMediaType, KeyReused, TooManyRequests,
        Fault, DatabaseUnreachable, Busy, NotYetVisible, OutcomeUnknown, OlderThanNote,
    ];

    private static readonly FrozenDictionary<string, ProblemType> ByCode = All.ToFrozenDictionary(type => type.Code, StringComparer.Ordinal);

    public static ProblemType? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The refusal of which there is a bare status alone, so that no member can say more.</summary>
    public static Problem Bare(int status) => ForStatus(status) is var type && type == InvalidRequest
        ? type.Because("Something in the request’s path, query, headers or form is missing, malformed or not allowed.")
        : new(type);

    /// <summary>What a bare status means, where nothing more was said.</summary>
    public static ProblemType ForStatus(int status) =>
        All.FirstOrDefault(type => type.Status == status && status != 409) ?? (status >= 500 ? Fault : status == 409 ? Conflict : InvalidRequest);

    public static Problem Invalid(string pointer, string message) => Invalid(new Errors().Add(pointer, message));

    public static Problem Invalid(Errors errors) => new(InvalidRequest, errors.Summary) { Errors = errors };
}
