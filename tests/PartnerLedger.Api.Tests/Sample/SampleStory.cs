using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerLedger.Api.Tests.Sample;

/// <summary>One made-up partnership's life, command by command.</summary>
internal sealed class SampleStory(Dice dice, int number, string[] sectors, bool sectorsComplete, string[] life, IReadOnlyList<SampleTeller> tellers)
{
    private const int FirstMonth = 2009 * 12;
    private const int StartingMonths = 120;
    private const int LastMonth = (2024 * 12) + 11;
    private const int LongestTelling = 6;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Troubles = ["unexplored", "undeveloped", "struggling", "failed"];
    private static readonly string[] Goods = ["successful", "ended"];

    private readonly List<string> lines = [];
    private readonly string ending = dice.Roll(10) switch { 0 or 1 => "", 2 or 3 => $"-{dice.Between(2, 27):00}", _ => "month" };
    private long version;

    public IReadOnlyList<string> Tell(SampleTeller teller)
    {
        var months = Steps();
        Open(teller, months[0]);
        var (negative, success) = Noted();
        var troubled = Array.FindIndex(life, state => Troubles.Contains(state));
        var good = Array.FindLastIndex(life, state => Goods.Contains(state) || state == "active");
        for (var step = 0; step < life.Length; step++)
        {
            if (step > 0)
            {
                Add(life[step], Told(teller, months[step], dice.Falls(50) ? new() { ["reason"] = "Made-up reason." } : []));
            }

            var until = step + 1 < life.Length ? months[step + 1] - 1 : LastMonth;
            if (step == (troubled < 0 ? life.Length - 1 : troubled))
            {
                Note(negative, teller, months[step], until);
            }

            if (step == (good < 0 ? life.Length - 1 : good))
            {
                Note(success, teller, months[step], until);
            }

            if (life[step] == "active" && number % 12 == 0)
            {
                ComeAndGo(teller, months[step], until);
            }
        }

        return lines;
    }

    private int[] Steps()
    {
        var months = new int[life.Length];
        months[0] = FirstMonth + dice.Roll(StartingMonths);
        for (var step = 1; step < life.Length; step++)
        {
            var (_, _, low, high) = SampleFigures.Months.Single(months => (months.From, months.To) == (life[step - 1], life[step]));
            months[step] = months[step - 1] + dice.Between(low, high);
        }

        var late = Math.Max(0, months[^1] - LastMonth);
        return Array.ConvertAll(months, month => month - late);
    }

    private void Open(SampleTeller teller, int month)
    {
        string[] abroad = [.. SampleFigures.Homes.Select(home => home.Region).Distinct().Where(region => region != teller.Region)];
        var elsewhere = dice.Falls(12) ? abroad[dice.Roll(abroad.Length)] : null;
        var partners = sectors.Select(JsonNode? (sector) => new JsonObject
        {
            ["name"] = $"Made-up {sector} partner {number:000}",
            ["sector"] = sector,
            ["country"] = teller.Country,
        });
        var body = new JsonObject
        {
            ["name"] = $"Made-up partnership {number:000}",
            ["stage"] = life[0],
            ["partners"] = new JsonArray([.. partners]),
            ["sectorsComplete"] = sectorsComplete,
            ["regions"] = elsewhere is null ? new JsonArray(teller.Region) : new JsonArray(teller.Region, elsewhere),
            ["purpose"] = "Made-up: belongs to a sample set to try the ledger with; there is no such partnership.",
        };
        Add("open", Told(teller, month, body));
    }

    // Which factors are noted at all: what goes wrong more of the troubled, what helps more of those that went well.
    private (IReadOnlyList<string> Negative, IReadOnlyList<string> Success) Noted()
    {
        var isTroubled = life.Any(state => Troubles.Contains(state));
        var wentWell = life.Any(state => Goods.Contains(state)) || (isTroubled && life[^1] == "active");
        var (negative, success) = (new List<string>(), new List<string>());
        foreach (var (topic, against, help, tellsApart) in SampleFigures.Topics)
        {
            var leaning = sectors.Any(sector => SampleFigures.Leanings.Contains((sector, topic))) ? 150 : 100;
            if (dice.Roll(10_000) < against * leaning * (isTroubled ? 100 : tellsApart ? 15 : 35) / 100)
            {
                negative.Add($"N-{topic}");
            }

            if (dice.Roll(10_000) < help * (wentWell ? 100 : tellsApart ? 10 : 40))
            {
                success.Add($"S-{topic}");
            }
        }

        return (negative, success);
    }

    private void Note(IReadOnlyList<string> factors, SampleTeller teller, int from, int until)
    {
        if (factors.Count == 0)
        {
            return;
        }

        var month = Math.Min(from + dice.Roll(LongestTelling + 1), Math.Max(from, until));
        Tell(factors, teller, dice.Falls(35));

        // Somebody else may tell of some of it, too, wherever they are.
        if (dice.Falls(25))
        {
            Tell([.. factors.Take((factors.Count + 1) / 2)], tellers[dice.Roll(tellers.Count)], withNote: false);
        }

        void Tell(IReadOnlyList<string> codes, SampleTeller by, bool withNote)
        {
            var body = codes.Count == 1 ? new JsonObject { ["factor"] = codes[0] } : new JsonObject { ["factors"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]) };
            if (withNote)
            {
                body["note"] = "Made-up note.";
            }

            Add("factors", Told(by, month, body), codes.Count);
        }
    }

    // Another partner of a sector that is there already, so that the margins stay; every second one leaves again.
    private void ComeAndGo(SampleTeller teller, int from, int until)
    {
        var month = Math.Min(from + 1, Math.Max(from, until));
        Add("partners", new()
        {
            ["name"] = $"Made-up further partner {number:000}",
            ["sector"] = sectors[0],
            ["country"] = teller.Country,
            ["occurredOn"] = On(month),
        });
        if (number % 24 == 0)
        {
            Add($"partners/{version}/left", new() { ["reason"] = "Made-up reason.", ["occurredOn"] = On(Math.Max(month, until)) });
        }
    }

    private JsonObject Told(SampleTeller by, int month, JsonObject body)
    {
        body["informant"] = by.Informant;
        body["informantRegion"] = by.Region;
        body["occurredOn"] = On(month);
        return body;
    }

    // As exactly as this partnership's dates are known: all to the day, to the month, or to the year, so that they keep their order.
    private string On(int month) => ending switch
    {
        "" => $"{month / 12}",
        "month" => $"{month / 12}-{(month % 12) + 1:00}",
        _ => $"{month / 12}-{(month % 12) + 1:00}{ending}",
    };

    private void Add(string command, JsonObject body, int events = 1)
    {
        version += events;
        lines.Add(new JsonObject { ["partnership"] = $"made-up-{number:000}", ["command"] = command, ["body"] = body }.ToJsonString(Plain));
    }
}
