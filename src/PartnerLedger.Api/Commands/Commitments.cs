using System.Text.Json;
using PartnerLedger.Transparency;

namespace PartnerLedger.Api.Commands;

/// <summary>Finds the commitments to free texts in an event's data: objects whose only member is sha256.</summary>
internal static class Commitments
{
    public static IEnumerable<(string Pointer, string Sha256)> In(JsonElement data, string pointer = "")
    {
        if (data.ValueKind == JsonValueKind.Array)
        {
            return data.EnumerateArray().SelectMany((item, index) => In(item, JsonPointer.Append(pointer, index)));
        }

        if (data.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return IsCommitment(data, out var sha256)
            ? [(pointer, sha256)]
            : data.EnumerateObject().SelectMany(member => In(member.Value, JsonPointer.Append(pointer, member.Name)));
    }

    public static bool IsCommitment(JsonElement data, out string sha256)
    {
        sha256 = data.ValueKind == JsonValueKind.Object && data.TryGetProperty("sha256", out var value) && data.GetPropertyCount() == 1
            ? value.GetString()!
            : "";
        return sha256.Length > 0;
    }
}
