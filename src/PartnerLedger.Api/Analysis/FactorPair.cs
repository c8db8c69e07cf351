using System.Runtime.InteropServices;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Analysis;

/// <summary>Two factors that are noted of one partnership, the first before the second in the order of their codes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FactorPair(string First, string Second)
{
    /// <summary>Adds of how many partnerships more, or fewer, they are noted, by what became of one of them.</summary>
    public static void Compare(Dictionary<FactorPair, long> changes, Partnership? before, Partnership after)
    {
        if (ReferenceEquals(before?.Factors, after.Factors))
        {
            return;
        }

        var was = before?.Factors ?? [];
        Add(changes, after.Factors, was, 1);
        Add(changes, was, after.Factors, -1);
    }

    // Only pairs that the others have not.
    private static void Add(Dictionary<FactorPair, long> changes, IReadOnlyList<string> factors, IReadOnlyList<string> others, long change)
    {
        var known = others.ToHashSet(StringComparer.Ordinal);
        foreach (var added in factors.Where(factor => !known.Contains(factor)))
        {
            foreach (var with in factors)
            {
                // Of two that are both added, each finds the other.
                var order = string.CompareOrdinal(added, with);
                if (order != 0 && (order < 0 || known.Contains(with)))
                {
                    changes.Change(order < 0 ? new(added, with) : new(with, added), change);
                }
            }
        }
    }
}
