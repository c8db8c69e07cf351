using System.Text.Json;
using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Pages.Imports;

/// <summary>What is wrong with a file.</summary>
/// <param name="Lines">Lines that are commands.</param>
/// <param name="FaultyLines">How many of them are at fault.</param>
/// <param name="Faults">What is wrong, in the order of the lines; not more than the API lists.</param>
/// <param name="FurtherFaults">How many more things are wrong than are listed.</param>
public sealed record FaultyFile(long Lines, long FaultyLines, IReadOnlyList<FaultyFile.Fault> Faults, long FurtherFaults)
{
    /// <summary>The file that a problem speaks of; null where it is about something else.</summary>
    internal static FaultyFile? Of(ApiProblem problem) =>
        problem.Members.ValueKind == JsonValueKind.Object && problem.Members.TryGetProperty("faults", out var faults)
            ? new(
                problem.Members.GetProperty("lines").GetInt64(), problem.Members.GetProperty("faultyLines").GetInt64(),
                faults.Deserialize<IReadOnlyList<Fault>>(Json.Options)!, problem.Members.GetProperty("furtherFaults").GetInt64())
            : null;

    /// <summary>What is wrong at one place of a file.</summary>
    /// <param name="Line">Which line, from 1; 0 where it is about the whole file.</param>
    /// <param name="Member">Where in the line: a JSON pointer, or the name of a column. Empty where it is about the whole line.</param>
    /// <param name="Reason">What is wrong there.</param>
    /// <param name="File">Which file of several; null where there is one.</param>
    public sealed record Fault(long Line, string Member, string Reason, string? File = null);
}
