using System.Runtime.InteropServices;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>By how much the partnerships of a cell that have a factor noted become more, or fewer.</summary>
/// <param name="Recovered">Those of them that came out of trouble on the day it was first noted, or later.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FactorCount(long Partnerships, long Recovered)
{
    /// <summary>Counts each factor of a partnership once; what leaves and comes back leaves no trace.</summary>
    public static void Add(Dictionary<(string Factor, Cell Cell), FactorCount> counts, Partnership partnership, PartnershipAttributes attributes, long change)
    {
        var recovered = RecoveredFrom(partnership, attributes.Life.Recovered);
        foreach (var factor in partnership.Factors)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (factor, attributes.Cell), out _);
            count = new(count.Partnerships + change, count.Recovered + (recovered.Contains(factor) ? change : 0));
            if (count == default)
            {
                counts.Remove((factor, attributes.Cell));
            }
        }
    }

    // Whichever was noted by the last day on which it recovered.
    private static HashSet<string> RecoveredFrom(Partnership partnership, DateOnly? day)
    {
        var factors = new HashSet<string>(StringComparer.Ordinal);
        if (day is not null)
        {
            foreach (var noted in partnership.Notes)
            {
                if (noted.Note.OccurredOn.Day <= day)
                {
                    factors.Add(noted.Note.Factor);
                }
            }
        }

        return factors;
    }
}
