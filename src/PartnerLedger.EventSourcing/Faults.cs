using Npgsql;

namespace PartnerLedger.EventSourcing;

/// <summary>Whom an error that the database reports is to be blamed on.</summary>
internal static class Faults
{
    /// <summary>The statement had no effect: FATAL and PANIC end the connection, and may come after the commit; an ERROR cannot.</summary>
    public static bool IsRolledBack(this PostgresException exception) => exception.InvariantSeverity == "ERROR";

    /// <summary>
    /// What was sent is at fault, so that sending it again is of no use: cardinality, data, constraints, limits, and what functions and
    /// triggers raise. All other errors are of the server's state (full, read-only, shutting down, rights missing) and hit everyone.
    /// </summary>
    public static bool IsOfTheData(this PostgresException exception) =>
        exception.IsRolledBack() && exception.SqlState[..2] is "21" or "22" or "23" or "54" or "P0" or "PL";
}
