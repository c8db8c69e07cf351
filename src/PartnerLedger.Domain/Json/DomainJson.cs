using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PartnerLedger.Domain.Factors;
using PartnerLedger.Domain.Frameworks;
using PartnerLedger.Domain.Partnerships;

namespace PartnerLedger.Domain.Json;

/// <summary>How events are written and read: camelCase members, words for enumerations, nothing for null, nothing unknown accepted.</summary>
public static class DomainJson
{
    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = DomainJsonContext.Default,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            // Names are kept as they were written; nothing here goes into HTML unescaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PartnershipUnexplored))]
[JsonSerializable(typeof(PartnershipUndeveloped))]
[JsonSerializable(typeof(PartnershipProposed))]
[JsonSerializable(typeof(PartnershipActive))]
[JsonSerializable(typeof(PartnershipStruggling))]
[JsonSerializable(typeof(PartnershipFailed))]
[JsonSerializable(typeof(PartnershipSuccessful))]
[JsonSerializable(typeof(PartnershipEnded))]
[JsonSerializable(typeof(FactorNoted))]
[JsonSerializable(typeof(PartnerJoined))]
[JsonSerializable(typeof(PartnerLeft))]
[JsonSerializable(typeof(PartnershipRenamed))]
[JsonSerializable(typeof(RegionsChanged))]
[JsonSerializable(typeof(EventCorrected))]
[JsonSerializable(typeof(EventWithdrawn))]
[JsonSerializable(typeof(TextErased))]
[JsonSerializable(typeof(FactorDefined))]
[JsonSerializable(typeof(FactorRevised))]
[JsonSerializable(typeof(FrameworkDefined))]
[JsonSerializable(typeof(FrameworkRevised))]
internal sealed partial class DomainJsonContext : JsonSerializerContext;
