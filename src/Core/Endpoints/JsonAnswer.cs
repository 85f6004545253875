using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Modular;

/// <summary>Answers of JSON: whole from a buffer, or element by element where the value holds an <see cref="IAsyncEnumerable{T}"/>.</summary>
sealed class JsonAnswer
{
    readonly JsonSerializerOptions _json;
    readonly JsonSerializerOptions _buffered;

    /// <param name="json">The application's options.</param>
    internal JsonAnswer(JsonSerializerOptions json)
    {
        _json = json;
        _buffered = new(json);
        _buffered.Converters.Add(new AsyncRefusal());
    }

    /// <summary>The value as JSON, ended by a line feed as Flask's.</summary>
    /// <exception cref="NotSupportedException">The JSON options don't know the value's type.</exception>
    internal Response Of(object? value)
    {
        var type = value?.GetType() ?? typeof(object);
        var known = KnownType(type, _buffered);
        if (known.Converter is AsyncRefusal.Refusal) return Stream(value!, type);
        try
        {
            // The serializer's own buffer is shared and grows without copies; one byte more makes room for the line feed.
            var bytes = JsonSerializer.SerializeToUtf8Bytes(value, known);
            Array.Resize(ref bytes, bytes.Length + 1);
            bytes[^1] = (byte)'\n';
            return new(bytes, contentType: "application/json");
        }
        catch (NeedsStream)
        {
            return Stream(value!, type);
        }
    }

    Response Stream(object value, Type type) => new(new JsonBody(value, KnownType(type, _json)), "application/json");

    /// <summary>What the options know of the type. Of an async iterator, whose class the compiler makes, a generated context only knows the interface.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An interface that a generated context names isn't trimmed from an object's type.")]
    static JsonTypeInfo KnownType(Type type, JsonSerializerOptions options)
    {
        if (options.TryGetTypeInfo(type, out var known)) return known;
        foreach (var shape in type.GetInterfaces())
            if (IsAsync(shape) && options.TryGetTypeInfo(shape, out known)) return known;
        return options.GetTypeInfo(type);
    }

    static bool IsAsync(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    /// <summary>Tells that a value inside of the object can't be written to a buffer at once.</summary>
    sealed class NeedsStream : Exception;

    /// <summary>Stands in for each type that the serializer reads asynchronously.</summary>
    sealed class AsyncRefusal : JsonConverterFactory
    {
        [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "See KnownType.")]
        public override bool CanConvert(Type typeToConvert) =>
            !typeToConvert.IsValueType && (IsAsync(typeToConvert) || typeToConvert.GetInterfaces().Any(IsAsync));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => new Refusal(typeToConvert);

        internal sealed class Refusal(Type type) : JsonConverter<object>
        {
            public override bool CanConvert(Type typeToConvert) => typeToConvert == type;

            public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NeedsStream();

            public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => throw new NeedsStream();
        }
    }
}
