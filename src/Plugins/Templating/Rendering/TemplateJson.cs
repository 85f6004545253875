using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Modular.Templating;

/// <summary>
/// Restricts JSON in pages to data, at every depth. Exceptions, services and properties of the framework's classes are rejected.
/// </summary>
sealed class TemplateJson : JsonConverterFactory
{
    /// <summary>The application's options with this converter.</summary>
    internal static JsonSerializerOptions Of(JsonSerializerOptions json)
    {
        var guarded = new JsonSerializerOptions(json);
        guarded.Converters.Insert(0, new TemplateJson());
        if (json.TypeInfoResolver is { } resolver) guarded.TypeInfoResolver = resolver.WithAddedModifier(Close);
        return guarded;
    }

    public override bool CanConvert(Type typeToConvert) => TemplateData.IsRuntime(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => new Refusal(typeToConvert);

    // Properties declared by the framework aren't written, even inherited ones, because templates can't read them either.
    static void Close(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        if (TemplateData.IsClosed(info.Type)) info.OnSerializing = value =>
        {
            TemplateData.Refuse(value);
            throw TemplateData.NoData(value);
        };
        for (var i = info.Properties.Count - 1; i >= 0; i--)
            if (TemplateData.IsClosed(info.Type) || TemplateData.IsClosed(info.Properties[i].DeclaringType)) info.Properties.RemoveAt(i);
    }

    sealed class Refusal(Type type) : JsonConverter<object>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert == type;

        public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => throw TemplateData.NoData(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
            throw TemplateData.NoData(value);
    }
}
