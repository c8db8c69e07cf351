namespace PartnerLedger.Benchmarks.Harness;

/// <summary>The table of what was measured, and whether it is good enough.</summary>
internal sealed class Report
{
    private readonly List<(string What, string Value, string Ratio, string Target, bool? Ok)> rows = [];

    public bool IsMet => rows.TrueForAll(row => row.Ok is not false);

    /// <summary>A figure that explains others.</summary>
    public void Add(string what, string value) => rows.Add((what, value, "", "", null));

    /// <summary>A figure that must not be exceeded.</summary>
    public void AtMost(string what, double value, double target, string unit) =>
        rows.Add((what, $"{value:F1} {unit}", "", $"≤ {target:F0} {unit}", value <= target));

    /// <summary>A rate that must reach a share of another, which was measured in turns with it.</summary>
    public void AtLeast(string what, double value, double other, double target, string unit) =>
        rows.Add((what, $"{value:N0} {unit}", $"{value / other:F2}", $"≥ {target:F2}", value / other >= target));

    public void Print(TextWriter to)
    {
        var width = rows.Max(row => row.What.Length);
        to.WriteLine();
        to.WriteLine($"{"what".PadRight(width)}  {"value",16}  {"ratio",6}  {"target",9}  ok");
        foreach (var (what, value, ratio, target, ok) in rows)
        {
            to.WriteLine($"{what.PadRight(width)}  {value,16}  {ratio,6}  {target,9}  {(ok switch { true => "yes", false => "NO", null => "" })}");
        }
    }
}
