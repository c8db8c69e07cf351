using System.Text.Json;
using System.Text.Json.Serialization;

namespace PartnerLedger.Api.Partnerships.Diff;

/// <summary>One step of a JSON Patch (RFC 6902): add, remove or replace what a JSON pointer names.</summary>
internal sealed record PatchOperation(
    string Op, string Path, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Value = null);
