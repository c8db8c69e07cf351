using PartnerLedger.EventSourcing.Imports;

namespace PartnerLedger.Api.Imports;

/// <summary>What became of a file that was sent.</summary>
internal abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <summary>It was only to be checked, or has faults: nothing was written.</summary>
    public sealed record Checked(ImportReport Report) : ImportOutcome;

    /// <summary>It is without faults and goes into the ledger.</summary>
    public sealed record Accepted(ImportRun Run) : ImportOutcome;

    /// <summary>The same file came with the same key before.</summary>
    public sealed record Known(ImportRun Run) : ImportOutcome;

    /// <summary>The key belongs to another file.</summary>
    public sealed record KeyReused : ImportOutcome;
}
