using System.Text.Json.Serialization;

namespace Modular;

/// <summary>Markup as a JSON string. It is only written: what a client sends must not pass for markup.</summary>
sealed class MarkupJson : JsonConverter<Markup>
{
    public override Markup Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("Markup is not read from JSON.");

    public override void Write(Utf8JsonWriter writer, Markup value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
