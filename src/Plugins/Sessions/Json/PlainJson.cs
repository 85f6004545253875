using System.Buffers;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Modular.Sessions;

/// <summary>Writes a session's value as ordinary JSON, to deserialize it as an application type.</summary>
static class PlainJson
{
    internal static ReadOnlySpan<byte> Write(object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output)) Write(writer, value);
        return output.WrittenSpan;
    }

    /// <summary>Describes a value for an error message, without its content.</summary>
    internal static string Describe(object? value) => value switch
    {
        null => "null",
        string => "text",
        IDictionary<string, object?> => "a dictionary",
        IEnumerable and not byte[] => "a list",
        _ => value.GetType().Name,
    };

    static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool yes: writer.WriteBooleanValue(yes); break;
            case byte[] bytes: writer.WriteBase64StringValue(bytes); break;
            case Guid id: writer.WriteStringValue(id); break;
            case ReadOnlyMemory<byte> bytes: writer.WriteBase64StringValue(bytes.Span); break;
            case Memory<byte> bytes: writer.WriteBase64StringValue(bytes.Span); break;
            // With a Z, so that it becomes a DateTime in UTC and not in local time.
            case DateTimeOffset moment: writer.WriteStringValue(moment.UtcDateTime); break;
            case DateTime moment: writer.WriteStringValue(moment); break;
            case JsonElement or JsonNode or JsonDocument: Write(writer, SessionValues.Json(value)); break;
            case var _ when SimpleValues.Text(value) is { } text: writer.WriteStringValue(text); break;
            case var _ when SimpleValues.Digits(value) is { } digits: writer.WriteRawValue(digits); break;
            case var _ when SimpleValues.Float(value) is { } number: writer.WriteNumberValue(number); break;
            case IDictionary<string, object?> dictionary: WriteDictionary(writer, dictionary); break;
            case IDictionary dictionary: WriteDictionary(writer, TaggedJsonWriter.Plainly(dictionary)); break;
            case ITuple tuple: WriteList(writer, TaggedJsonWriter.Items(tuple)); break;
            case IEnumerable items: WriteList(writer, items); break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }

    static void WriteDictionary(Utf8JsonWriter writer, IDictionary<string, object?> dictionary)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in dictionary)
        {
            writer.WritePropertyName(key);
            Write(writer, value);
        }
        writer.WriteEndObject();
    }

    static void WriteList(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items) Write(writer, item);
        writer.WriteEndArray();
    }
}
