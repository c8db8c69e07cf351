using System.Text.Json;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Partnerships.Diff;

/// <summary>What leads from one JSON document to another, as a JSON Patch (RFC 6902).</summary>
internal static class JsonPatch
{
    public static IReadOnlyList<PatchOperation> Between(JsonElement from, JsonElement to)
    {
        var patch = new List<PatchOperation>();
        Compare("", from, to, patch);
        return patch;
    }

    private static void Compare(string path, JsonElement from, JsonElement to, List<PatchOperation> patch)
    {
        switch (from.ValueKind, to.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareMembers(path, from, to, patch);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareItems(path, [.. from.EnumerateArray()], [.. to.EnumerateArray()], patch);
                break;
            case var _ when !JsonElement.DeepEquals(from, to):
                patch.Add(new("replace", path, to));
                break;
        }
    }

    private static void CompareMembers(string path, JsonElement from, JsonElement to, List<PatchOperation> patch)
    {
        foreach (var member in from.EnumerateObject())
        {
            var place = JsonPointer.Append(path, member.Name);
            if (to.TryGetProperty(member.Name, out var now))
            {
                Compare(place, member.Value, now, patch);
            }
            else
            {
                patch.Add(new("remove", place));
            }
        }

        patch.AddRange(to.EnumerateObject().Where(member => !from.TryGetProperty(member.Name, out _)).Select(member => new PatchOperation("add", JsonPointer.Append(path, member.Name), member.Value)));
    }

    // What both begin and end with stays; what lies between is compared one by one, and the rest of it goes or comes.
    private static void CompareItems(string path, JsonElement[] from, JsonElement[] to, List<PatchOperation> patch)
    {
        var before = Alike(from, to);
        var after = Alike(from.Skip(before).Reverse(), to.Skip(before).Reverse());
        var (gone, come) = (from.Length - after, to.Length - after);
        var both = Math.Min(gone, come);
        for (var index = before; index < both; index++)
        {
            Compare(JsonPointer.Append(path, index), from[index], to[index], patch);
        }

        patch.AddRange(Enumerable.Range(both, gone - both).Select(_ => new PatchOperation("remove", JsonPointer.Append(path, both))));
        patch.AddRange(Enumerable.Range(both, come - both).Select(index => new PatchOperation("add", JsonPointer.Append(path, index), to[index])));
    }

    private static int Alike(IEnumerable<JsonElement> some, IEnumerable<JsonElement> others) =>
        some.Zip(others).TakeWhile(pair => JsonElement.DeepEquals(pair.First, pair.Second)).Count();
}
