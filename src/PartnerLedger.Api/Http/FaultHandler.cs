using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Http;

/// <summary>Maps what went wrong to an answer, once for all endpoints; only the log learns the inner details.</summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Response.HasStarted)
        {
            return false;
        }

        var problem = Map(exception);
        if (problem.Type == Problems.Fault)
        {
            Failed(logger, exception, httpContext.Request.Method, httpContext.Request.Path, RequestTrace.From(httpContext).CorrelationId);
        }
        else if (problem.Type == Problems.DatabaseUnreachable)
        {
            Unreachable(logger, exception.Message);
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static Problem Map(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Problem(Problems.TooLarge),
        BadHttpRequestException bad when bad.StatusCode is >= 400 and < 500 => new Problem(Problems.ForStatus(bad.StatusCode), "The request could not be read."),
        PostgresException refusal when IsAway(refusal.SqlState) => new Problem(Problems.DatabaseUnreachable),
        PostgresException => new Problem(Problems.Fault),
        NpgsqlException trouble when trouble.IsTransient || IsConnectionTrouble(trouble.InnerException) => new Problem(Problems.DatabaseUnreachable),
        SocketException => new Problem(Problems.DatabaseUnreachable),
        LedgerUnavailableException { Reason: UnavailableReason.Unreachable } => new Problem(Problems.DatabaseUnreachable),
        LedgerUnavailableException { Reason: UnavailableReason.OutcomeUnknown } => new Problem(Problems.OutcomeUnknown),
        LedgerUnavailableException busy => Problems.Busy.Because(busy.Message),
        _ => new Problem(Problems.Fault),
    };

    private static bool IsConnectionTrouble(Exception? inner) => inner is SocketException or IOException or TimeoutException;

    /// <summary>Connection exceptions, insufficient resources, and a server that stops, has crashed or only reads.</summary>
    private static bool IsAway(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal) || sqlState.StartsWith("53", StringComparison.Ordinal)
        || sqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.ReadOnlySqlTransaction;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (trace {TraceId})")]
    private static partial void Failed(ILogger logger, Exception exception, string method, string path, string traceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be reached: {Reason}")]
    private static partial void Unreachable(ILogger logger, string reason);
}
