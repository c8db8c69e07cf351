namespace PartnerLedger.Api.Audit;

/// <summary>The command line's <c>verify</c>: verifies the whole ledger, and ends with 0 only if all of it holds.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify";

    public static async Task<int> Run(IServiceProvider services, CancellationToken cancellationToken)
    {
        Verification? last = null;
        await foreach (var step in services.GetRequiredService<LedgerVerifier>().Verify(cancellationToken))
        {
            last = step;
            if (step.IsVerified is null)
            {
                await Console.Error.WriteAsync($"\r{step.Position:N0} of {step.Of:N0} events");
            }
        }

        await Console.Error.WriteLineAsync();
        await Console.Out.WriteLineAsync(last is { IsVerified: true } ? $"VERIFIED: {last.Position} events." : $"NOT VERIFIED: position {last?.FirstBad}: {last?.Reason}");
        return last is { IsVerified: true } ? 0 : 1;
    }
}
