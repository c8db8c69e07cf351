using System.Globalization;
using System.Text;

namespace PartnerLedger.Api.Pages.Charts;

/// <summary>A probability over the days, which changes in steps, with the band that it lies in.</summary>
/// <param name="Name">What stands beside its end.</param>
/// <param name="Tone">negative, success, other or soft.</param>
/// <param name="Points">What is so from a day on.</param>
public sealed record StepCurve(string Name, string Tone, IReadOnlyList<StepPoint> Points)
{
    /// <summary>What is so on a day.</summary>
    public StepPoint At(int day) => Points.LastOrDefault(point => point.Day <= day) ?? new(day, 0, 0, 0);

    /// <summary>The steps up to a last day as an SVG path.</summary>
    public string Line(int first, int last, Func<int, double> x, Func<double, double> y)
    {
        var path = new StringBuilder($"M{Text(x(first))} {Text(y(At(first).Value))}");
        foreach (var point in Points.Where(point => point.Day > first && point.Day <= last))
        {
            path.Append(CultureInfo.InvariantCulture, $"H{Text(x(point.Day))}V{Text(y(point.Value))}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"H{Text(x(last))}").ToString();
    }

    /// <summary>The band around the steps as an SVG path.</summary>
    public string Band(int first, int last, Func<int, double> x, Func<double, double> y)
    {
        List<StepPoint> points = [At(first) with { Day = first }, .. Points.Where(point => point.Day > first && point.Day <= last)];
        var path = new StringBuilder($"M{Text(x(first))} {Text(y(points[0].High))}");
        foreach (var point in points.Skip(1))
        {
            path.Append(CultureInfo.InvariantCulture, $"H{Text(x(point.Day))}V{Text(y(point.High))}");
        }

        path.Append(CultureInfo.InvariantCulture, $"H{Text(x(last))}");
        foreach (var point in Enumerable.Reverse(points))
        {
            path.Append(CultureInfo.InvariantCulture, $"V{Text(y(point.Low))}H{Text(x(point.Day))}");
        }

        return path.Append('Z').ToString();
    }

    internal static string Text(double place) => place.ToString("0.#", CultureInfo.InvariantCulture);
}

/// <summary>A probability from a day on, 0 to 1, with its limits.</summary>
public sealed record StepPoint(int Day, double Value, double Low, double High);
