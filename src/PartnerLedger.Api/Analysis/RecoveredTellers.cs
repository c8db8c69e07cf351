using System.Runtime.InteropServices;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>Who noted what of partnerships by the last day on which these recovered: what a batch brings of it, and what it takes away.</summary>
internal sealed class RecoveredTellers
{
    private readonly List<RecoveredTeller> come = [];
    private readonly List<RecoveredTeller> gone = [];

    public IReadOnlyList<RecoveredTeller> Come => come;

    public IReadOnlyList<RecoveredTeller> Gone => gone;

    public void Change(Guid stream, Partnership? before, PartnershipAttributes? attributesBefore, Partnership after, PartnershipAttributes attributes)
    {
        var (were, are) = (Of(stream, before, attributesBefore), Of(stream, after, attributes));
        gone.AddRange(were.Except(are));
        come.AddRange(are.Except(were));
    }

    private static HashSet<RecoveredTeller> Of(Guid stream, Partnership? partnership, PartnershipAttributes? attributes)
    {
        var tellers = new HashSet<RecoveredTeller>();
        if (partnership is not null && attributes?.Life.Recovered is { } recovered)
        {
            foreach (var (_, note) in partnership.Notes)
            {
                if (note.Informant is { } informant && note.OccurredOn.Day <= recovered)
                {
                    tellers.Add(new(note.Factor, informant, stream, attributes.Cell));
                }
            }
        }

        return tellers;
    }
}

/// <summary>That somebody noted a factor of a partnership before it recovered, once however often.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecoveredTeller(string Factor, Guid Informant, Guid Stream, Cell Cell);
