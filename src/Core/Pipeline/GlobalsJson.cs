using System.Text.Json.Serialization;

namespace Modular;

/// <summary>An object of the names and values. It is only written.</summary>
sealed class GlobalsJson : JsonConverter<Globals>
{
    public override Globals Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("Current.G isn't read from JSON.");

    public override void Write(Utf8JsonWriter writer, Globals value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, kept) in value)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, kept, options.GetTypeInfo(kept?.GetType() ?? typeof(object)));
        }
        writer.WriteEndObject();
    }
}
