using System.Runtime.InteropServices;

namespace PartnerLedger.Api.Analysis;

/// <summary>That a factor is noted of a partnership that began in a year; or where it is empty, that one began at all.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FactorYear(string Factor, int Year)
{
    /// <summary>Counts a partnership in its year.</summary>
    public static void Add(Dictionary<FactorYear, long> counts, int? year, IReadOnlyList<string> factors, long change)
    {
        if (year is { } its)
        {
            foreach (var factor in factors.Prepend(""))
            {
                counts.Change(new(factor, its), change);
            }
        }
    }
}
