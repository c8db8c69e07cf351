namespace PartnerLedger.EmbeddedPostgres;

/// <summary>The private PostgreSQL cannot be had; the message is one sentence for whoever runs the service.</summary>
public sealed class PostgresClusterException : Exception
{
    public PostgresClusterException(string message)
        : base(message)
    {
    }

    public PostgresClusterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public PostgresClusterException()
    {
    }
}
