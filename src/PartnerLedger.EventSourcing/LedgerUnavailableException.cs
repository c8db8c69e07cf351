namespace PartnerLedger.EventSourcing;

/// <summary>Why a command got no answer.</summary>
public enum UnavailableReason
{
    /// <summary>The database cannot be reached; nothing was written.</summary>
    Unreachable,

    /// <summary>Too many commands wait already; nothing was written.</summary>
    QueueFull,

    /// <summary>Other nodes kept changing the stream; nothing was written.</summary>
    Contention,

    /// <summary>The connection broke during the commit and the outcome could not be looked up.</summary>
    OutcomeUnknown,
}

/// <summary>The ledger cannot answer a command now; a retry under the same key is safe.</summary>
public sealed class LedgerUnavailableException(UnavailableReason reason, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public UnavailableReason Reason { get; } = reason;
}
