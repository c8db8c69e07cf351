using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using PartnerLedger.Api.Http;
using PartnerLedger.Api.Partnerships;
using PartnerLedger.Api.Partnerships.Diff;
using PartnerLedger.Api.Tests.Analysis;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Api.Tests.Partnerships.Diff;

/// <summary>A patch makes of the one document the other, whatever they are.</summary>
public sealed class JsonPatchTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly Arbitrary<(JsonNode? From, JsonNode? To)> Documents =
        (from one in Document(3) from other in Document(3) select (one, other)).ToArbitrary();

    private static readonly Arbitrary<(Act[] Acts, int A, int B)> Lives = (
        from acts in (
            from what in Gen.Choose(0, 14)
            from a in Gen.Choose(0, 1000)
            from b in Gen.Choose(0, 1000)
            from c in Gen.Choose(0, 1000)
            select new Act(0, what, a, b, c, Cut: false)).ArrayOf(30)
        from a in Gen.Choose(0, 1000)
        from b in Gen.Choose(0, 1000)
        select (acts, a, b)).ToArbitrary();

    [Fact]
    public void Between_any_two_documents() => Check.One(Thorough, Prop.ForAll(Documents, documents =>
    {
        var (from, to) = (Element(documents.From), Element(documents.To));
        var patch = Patch(from, to);
        Assert.True(JsonNode.DeepEquals(documents.To, patch.Apply(from)), $"{from} by {patch} is not {to}");
        Assert.Equal(JsonElement.DeepEquals(from, to), patch.GetArrayLength() == 0);
    }));

    [Fact]
    public void Between_any_two_versions_of_a_partnership_and_words_tell_of_whatever_changed() => Check.One(Thorough, Prop.ForAll(Lives, life =>
    {
        var states = Live(life.Acts);
        var (first, second) = (life.A % states.Count, life.B % states.Count);
        var (before, after) = (states[Math.Min(first, second)], states[Math.Max(first, second)]);
        var (from, to) = (View(before), View(after));
        var patch = Patch(from, to);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(to.GetRawText()), patch.Apply(from)), $"{from} by {patch} is not {to}");

        var shown = patch.EnumerateArray().Any(operation => operation.GetProperty("path").GetString() is not ("/version" or "/position" or "/lastRecordedAt"));
        var words = DiffSentences.Of((before, null), (after, null)).ToArray();
        Assert.False(shown && words.Length == 0, $"{patch} is told by no word.");
        Assert.All(words, sentence => Assert.Matches(@"^[A-Z“].*\.$", sentence));
    }));

    private static List<Partnership> Live(Act[] acts)
    {
        var (states, events) = (new List<Partnership>(), new List<IPartnershipEvent>());
        foreach (var act in acts)
        {
            foreach (var e in History.Decide(states.LastOrDefault(), act, events).Events)
            {
                events.Add(e);
                states.Add(Partnership.Fold(states.LastOrDefault(), e));
            }
        }

        return states;
    }

    private static JsonElement View(Partnership known) =>
        JsonSerializer.SerializeToElement(PartnershipView.Of(Guid.Empty, known, null, known.Version + 48, DateTime.UnixEpoch.AddMinutes(known.Version)), Json.Options);

    private static JsonElement Patch(JsonElement from, JsonElement to) => JsonSerializer.SerializeToElement(JsonPatch.Between(from, to), Json.Options);

    private static JsonElement Element(JsonNode? node) => JsonSerializer.SerializeToElement(node);

    private static Gen<JsonNode?> Document(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            Gen.Choose(0, 2).Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Elements("a", "b").Select(text => (JsonNode?)JsonValue.Create(text)));
        if (depth == 0)
        {
            return leaf;
        }

        var items =
            from n in Gen.Choose(0, 5)
            from inner in Document(depth - 1).ListOf(n)
            select (JsonNode?)new JsonArray([.. inner.Select(item => item?.DeepClone())]);
        var members =
            from names in Gen.SubListOf("a", "b/c", "d~e", "")
            from inner in Document(depth - 1).ListOf(4)
            select (JsonNode?)new JsonObject(names.Select((name, index) => KeyValuePair.Create(name, inner[index]?.DeepClone())));
        return Gen.Frequency((1, leaf), (3, items), (3, members));
    }
}
