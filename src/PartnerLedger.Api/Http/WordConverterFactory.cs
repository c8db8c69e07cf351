using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PartnerLedger.Api.Http;

/// <summary>Enumerations as exactly their camelCase words: no other case, no numbers, no lists.</summary>
internal sealed class WordConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;

    public static IEnumerable<string> WordsOf(Type enumeration) => Enum.GetNames(enumeration).Select(JsonNamingPolicy.CamelCase.ConvertName);

    private sealed class WordConverter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly FrozenDictionary<string, T> Values = WordsOf(typeof(T)).Zip(Enum.GetValues<T>()).ToFrozenDictionary(p => p.First, p => p.Second);
        private static readonly FrozenDictionary<T, string> Words = Values.ToFrozenDictionary(p => p.Value, p => p.Key);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"Must be one of {string.Join(", ", WordsOf(typeof(T)))}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words[value]);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException($"Must be one of {string.Join(", ", WordsOf(typeof(T)))}.");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Words[value]);
    }
}
