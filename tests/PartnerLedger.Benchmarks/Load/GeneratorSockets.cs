namespace PartnerLedger.Benchmarks.Load;

/// <summary>How the generator waits for answers: one thread that also runs what follows them costs the least of the machine that it shares.</summary>
internal static class GeneratorSockets
{
    private static readonly string[] Settings = ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"];

    /// <summary>Before the first socket is made.</summary>
    public static void Choose()
    {
        foreach (var setting in Settings)
        {
            Environment.SetEnvironmentVariable(setting, "1");
        }
    }

    /// <summary>The service is measured as others run it.</summary>
    public static void Leave(IDictionary<string, string?> environment)
    {
        foreach (var setting in Settings)
        {
            environment.Remove(setting);
        }
    }
}
