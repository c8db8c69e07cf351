using PartnerLedger.Api.Http;

namespace PartnerLedger.Api.Imports;

/// <summary>What the check of a file came to.</summary>
internal sealed class ImportReport
{
    private const int MostFaults = 1_000;

    private readonly List<ImportFault> faults = [];
    private (string? File, long Line) lastFaulty = (null, 0);

    /// <summary>Lines that are commands; blank ones do not count.</summary>
    public long Lines { get; private set; }

    /// <summary>Partnerships that the file opens or changes.</summary>
    public long Partnerships { get; set; }

    /// <summary>Events that the file comes to.</summary>
    public long Events { get; private set; }

    public long FaultyLines { get; private set; }

    /// <summary>What is wrong, in the order of the lines; the first thousand things.</summary>
    public IReadOnlyList<ImportFault> Faults => faults;

    /// <summary>How many more things are wrong than are listed.</summary>
    public long FurtherFaults { get; private set; }

    /// <summary>Takes what became of the next line.</summary>
    public void Add(JudgedLine judged)
    {
        Lines++;
        Events += judged.Events.Count;
        foreach (var (member, reason) in judged.Faults)
        {
            Add(judged.Line.Raw, member, reason);
        }
    }

    public void Add(RawLine line, string member, string reason)
    {
        if (lastFaulty != (line.File, line.Number))
        {
            lastFaulty = (line.File, line.Number);
            FaultyLines++;
        }

        if (faults.Count < MostFaults)
        {
            faults.Add(new ImportFault(line.File, line.Number, line.File is null ? member : Column(member), reason));
        }
        else
        {
            FurtherFaults++;
        }
    }

    // A cell that holds several things is told whole.
    private static string Column(string member) => member.Split('/') switch
    {
        ["", "body", var column, ..] => column,
        ["", "command", ..] => CsvTemplate.Change,
        ["", var column, ..] => column,
        _ => member,
    };

    /// <summary>The file is refused: errors stand where they are found, by line and member.</summary>
    public Problem ToProblem()
    {
        var errors = new Errors();
        foreach (var fault in faults)
        {
            var line = fault.File is null ? $"/{fault.Line}" : $"/{fault.File}/{fault.Line}";
            errors.Add(fault.Member.Length == 0 || fault.Member[0] == '/' ? line + fault.Member : $"{line}/{fault.Member}", fault.Reason);
        }

        return new Problem(Problems.InvalidRequest, $"{FaultyLines} of {Lines} lines are at fault; nothing was imported.") { Errors = errors }
            .With("lines", Lines).With("faultyLines", FaultyLines).With("faults", Faults).With("furtherFaults", FurtherFaults);
    }
}
