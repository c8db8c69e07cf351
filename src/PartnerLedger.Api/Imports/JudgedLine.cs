using PartnerLedger.Api.Partnerships;
using PartnerLedger.EventSourcing;

namespace PartnerLedger.Api.Imports;

/// <summary>A line and what became of it: what is wrong with it, or what it brought about.</summary>
internal sealed class JudgedLine
{
    private List<(string Member, string Reason)>? faults;

    public JudgedLine(ImportLine line)
    {
        Line = line;
        foreach (var (member, reason) in line.Faults)
        {
            Refuse(member, reason);
        }
    }

    public ImportLine Line { get; }

    /// <summary>Which partnership it is about; null where it cannot be about one.</summary>
    public ImportedPartnership? Partnership { get; set; }

    /// <summary>What its command is given beside the body.</summary>
    public Given Given { get; set; }

    /// <summary>The partnership's version before it.</summary>
    public long Before { get; private set; }

    /// <summary>What happened by it; none where it has faults.</summary>
    public IReadOnlyList<NewEvent> Events { get; private set; } = [];

    public IReadOnlyList<(string Member, string Reason)> Faults => faults ?? [];

    public void Refuse(string member, string reason) => (faults ??= []).Add((member, reason));

    public void Accept(long before, IReadOnlyList<NewEvent> events) => (Before, Events) = (before, events);
}
