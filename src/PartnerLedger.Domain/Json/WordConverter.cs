using System.Text.Json;
using System.Text.Json.Serialization;

namespace PartnerLedger.Domain.Json;

// The framework's converter also takes other cases, numbers and lists of words.
internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Words.TryParse<T>(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"One of {string.Join(", ", Words.All<T>())} is expected.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToWord());
}
