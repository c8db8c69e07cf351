namespace PartnerLedger.Api.Tests.Sample;

/// <summary>Makes the sample set that the service ships: 255 made-up partnerships, as the lines of a file to import. Always the same.</summary>
internal static class SampleSet
{
    private const ulong Seed = 2024;

    /// <summary>The file that ships.</summary>
    public static readonly string Path = System.IO.Path.Combine(Repository.Root, "src", "PartnerLedger.Api", "Sample", "sample.ndjson");

    public static IReadOnlyList<string> Lines()
    {
        var dice = new Dice(Seed);
        var shapes = dice.Shuffle(SampleFigures.Shapes.SelectMany(shape => Enumerable.Repeat((shape.Complete, shape.Sectors), shape.Count)));
        var lives = dice.Shuffle(SampleFigures.Lives.SelectMany(life => Enumerable.Repeat(life.States, life.Count)));
        var tellers = dice.Shuffle(Tellers());
        return [.. shapes.Zip(lives).SelectMany((plan, number) =>
            new SampleStory(dice, number + 1, plan.First.Sectors, plan.First.Complete, plan.Second, tellers).Tell(tellers[number % tellers.Count]))];
    }

    private static IEnumerable<SampleTeller> Tellers() => SampleFigures.Homes
        .SelectMany(home => Enumerable.Repeat(home, home.Informants))
        .Select((home, number) => new SampleTeller($"made-up-{number + 1:00}", home.Region, home.Country));
}

/// <summary>Somebody who told of partnerships, and where they are at home.</summary>
internal sealed record SampleTeller(string Informant, string Region, string Country);
