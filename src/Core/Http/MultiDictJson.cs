using System.Text.Json.Serialization;

namespace Modular;

/// <summary>An object with the first value of each name, as Flask's <c>jsonify(request.args)</c>. It is only written.</summary>
sealed class MultiDictJson : JsonConverter<MultiDict>
{
    public override MultiDict Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A MultiDict isn't read from JSON.");

    public override void Write(Utf8JsonWriter writer, MultiDict value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value) writer.WriteString(name, text);
        writer.WriteEndObject();
    }
}
