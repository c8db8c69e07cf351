namespace PartnerLedger.EmbeddedPostgres;

/// <summary>What a small ledger that is always on wants of its server.</summary>
internal static class ServerSettings
{
    internal static IEnumerable<string> Arguments(ClusterFiles files, Endpoint endpoint, PostgresClusterOptions options)
    {
        string[] settings =
        [
            .. endpoint.Settings,
            "max_connections=100",
            "shared_buffers=128MB",
            "timezone=UTC",
            "log_timezone=UTC",
            // Compiling a query costs more than the ledger's short ones take.
            "jit=off",
            // One file a weekday, written over a week later: the log stays bounded with nobody to look after it.
            "logging_collector=on",
            $"log_directory={files.Log}",
            "log_filename=postgresql-%a.log",
            "log_rotation_size=0",
            "log_truncate_on_rotation=on",
            "log_line_prefix=%m [%p] %q%u@%d ",
            // The DETAIL of a broken constraint would copy a row, and so perhaps a person's words, into the log.
            "log_error_verbosity=terse",
            .. options.Durable ? [] : NotDurable,
            .. options.Settings.Select(setting => $"{setting.Key}={setting.Value}"),
        ];
        return settings.SelectMany(setting => new[] { "-c", setting });
    }

    private static readonly string[] NotDurable = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];
}
