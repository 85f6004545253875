using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Modular.Sessions;

/// <summary>A session's value as ordinary JSON, for reading it back as an object of the application's types.</summary>
static class PlainJson
{
    internal static ReadOnlySpan<byte> Write(object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output)) Write(writer, value);
        return output.WrittenSpan;
    }

    /// <summary>What a value is, for an error, without its content.</summary>
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
            case DateTimeOffset moment: writer.WriteStringValue(moment); break;
            case DateTime moment: writer.WriteStringValue(moment); break;
            case double number: writer.WriteNumberValue(number); break;
            case float number: writer.WriteNumberValue(number); break;
            case IDictionary<string, object?> dictionary: WriteDictionary(writer, dictionary); break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or BigInteger:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
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
