using Microsoft.Extensions.Logging;

namespace PartnerLedger.EventSourcing;

/// <summary>What the store tells its operators.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Applied {Count} migrations, up to {Name}.")]
    public static partial void Migrated(ILogger logger, int count, string name);

    [LoggerMessage(2, LogLevel.Error, "The append of {Count} commands failed; they are tried one by one.")]
    public static partial void BatchFailed(ILogger logger, Exception exception, int count);

    [LoggerMessage(3, LogLevel.Error, "The connection broke while {Count} commands were being committed; their outcome is looked up.")]
    public static partial void CommitBroke(ILogger logger, Exception exception, int count);

    [LoggerMessage(4, LogLevel.Warning, "The database cannot be reached by the writer; {Count} waiting commands were refused.")]
    public static partial void Unreachable(ILogger logger, Exception exception, int count);

    [LoggerMessage(5, LogLevel.Warning, "Listening for appends of other nodes broke off; it is tried again, and polling goes on.")]
    public static partial void ListeningBroke(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "Telling other nodes of appends broke off; it is tried again, and they poll.")]
    public static partial void TellingBroke(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Projection {Projection} cannot apply position {Position} of stream {Stream}: the stream is parked, the others go on.")]
    public static partial void Parked(ILogger logger, string projection, long position, Guid stream, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Projection {Projection} broke off and is tried again.")]
    public static partial void ProjectionBroke(ILogger logger, string projection, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "Projection {Projection} is being rebuilt up to position {Target}.")]
    public static partial void RebuildStarted(ILogger logger, string projection, long target);

    [LoggerMessage(9, LogLevel.Information, "Projection {Projection} was rebuilt and swapped in at position {Position}.")]
    public static partial void RebuildFinished(ILogger logger, string projection, long position);

    [LoggerMessage(10, LogLevel.Warning, "Projection {Projection} was taken over by a newer version of the service: this node reads it no more.")]
    public static partial void Superseded(ILogger logger, string projection);

    [LoggerMessage(11, LogLevel.Information, "Readers still use the previous tables of projection {Projection}; the next rebuild drops them.")]
    public static partial void PreviousKept(ILogger logger, string projection);

    [LoggerMessage(13, LogLevel.Error, "Import {Import} was stopped: the database refuses some of it.")]
    public static partial void ImportStopped(ILogger logger, Exception exception, Guid import);
}
