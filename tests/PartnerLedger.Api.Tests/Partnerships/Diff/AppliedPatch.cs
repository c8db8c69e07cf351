using System.Text.Json;
using System.Text.Json.Nodes;

namespace PartnerLedger.Api.Tests.Partnerships.Diff;

/// <summary>Applies a JSON Patch as RFC 6902 says, as whoever receives one does.</summary>
internal static class AppliedPatch
{
    public static JsonNode? Apply(this JsonElement patch, JsonElement document)
    {
        var root = JsonNode.Parse(document.GetRawText());
        foreach (var operation in patch.EnumerateArray())
        {
            var (op, path) = (operation.GetProperty("op").GetString(), operation.GetProperty("path").GetString()!);
            Assert.Equal(op != "remove", operation.TryGetProperty("value", out var given));
            var value = op == "remove" ? null : JsonNode.Parse(given.GetRawText());
            if (path.Length == 0)
            {
                Assert.Equal("replace", op);
                root = value;
                continue;
            }

            var parts = path.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            var parent = parts[..^1].Aggregate(root, (node, part) => node is JsonArray array ? array[int.Parse(part)] : node!.AsObject()[part]);
            Apply(op!, parent!, parts[^1], value);
        }

        return root;
    }

    private static void Apply(string op, JsonNode parent, string last, JsonNode? value)
    {
        if (parent is JsonArray array)
        {
            var index = int.Parse(last);
            if (op is "remove" or "replace")
            {
                array.RemoveAt(index);
            }

            if (op is "add" or "replace")
            {
                array.Insert(index, value);
            }

            return;
        }

        var members = parent.AsObject();
        Assert.Equal(op != "add", members.ContainsKey(last));
        members.Remove(last);
        if (op != "remove")
        {
            members.Add(last, value);
        }
    }
}
