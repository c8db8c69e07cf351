using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PartnerLedger.Benchmarks.Harness;

/// <summary>What to measure, how long, and whether a missed target fails the run.</summary>
internal sealed record BenchmarkOptions
{
    public IReadOnlyList<string> Benchmarks { get; private init; } = [];

    /// <summary>How long one measurement takes.</summary>
    public TimeSpan Duration { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often each side of a comparison is measured, in turns.</summary>
    public int Rounds { get; private init; } = 3;

    /// <summary>How many connections append at once, one comparison each.</summary>
    public IReadOnlyList<int> Connections { get; private init; } = [1, 64];

    /// <summary>How many events are imported.</summary>
    public int Events { get; private init; } = 1_000_000;

    public bool Check { get; private init; }

    public static bool TryParse(string[] args, IReadOnlyList<string> known, [NotNullWhen(true)] out BenchmarkOptions? options, [NotNullWhen(false)] out string? usage)
    {
        options = Parse(args, known);
        usage = options is null
            ? $"Usage: PartnerLedger.Benchmarks [{string.Join('|', known)} …] [--seconds <a measurement>] [--rounds <n>] [--connections <n>] [--events <n>] [--check]"
            : null;
        return options is not null;
    }

    private static BenchmarkOptions? Parse(string[] args, IReadOnlyList<string> known)
    {
        var options = new BenchmarkOptions();
        var chosen = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--check":
                    options = options with { Check = true };
                    break;
                case "--seconds" when Number() is { } seconds:
                    options = options with { Duration = TimeSpan.FromSeconds(seconds) };
                    break;
                case "--rounds" when Number() is { } rounds:
                    options = options with { Rounds = rounds };
                    break;
                case "--connections" when Number() is { } connections:
                    options = options with { Connections = [connections] };
                    break;
                case "--events" when Number() is { } events:
                    options = options with { Events = events };
                    break;
                case var name when known.Contains(name, StringComparer.Ordinal):
                    chosen.Add(name);
                    break;
                default:
                    return null;
            }

            int? Number() =>
                ++i < args.Length && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        }

        return options with { Benchmarks = chosen.Count > 0 ? chosen : known };
    }
}
