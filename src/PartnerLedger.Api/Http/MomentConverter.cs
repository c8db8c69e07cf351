using System.Text.Json;
using System.Text.Json.Serialization;

namespace PartnerLedger.Api.Http;

/// <summary>Moments leave the service as RFC 3339 UTC with microseconds.</summary>
internal sealed class MomentConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Moment.TryParse(reader.GetString(), null, out var moment) ? moment.Utc : throw new JsonException("Must be an RFC 3339 time.");

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(new Moment(value).ToString());
}
