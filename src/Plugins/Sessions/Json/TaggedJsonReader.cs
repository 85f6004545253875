using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Modular.Sessions;

/// <summary>
/// Reads Flask's tagged JSON into plain values. Malformed JSON throws a <see cref="FormatException"/>, which the serializer catches.
/// </summary>
static class TaggedJsonReader
{
    // Python's limit too, because reading takes time quadratic in the length.
    const int MaxDigits = 4300;

    static readonly JsonReaderOptions Options = new() { MaxDepth = TaggedJsonWriter.MaxDepth };

    internal static bool TryRead(ReadOnlySpan<byte> json, SessionTags tags, out object? value)
    {
        value = null;
        if (!Utf8.IsValid(json)) return false;
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            value = Read(ref reader, tags);
            return !reader.Read();
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return false;
        }
    }

    static object? Read(ref Utf8JsonReader reader, SessionTags tags) => reader.TokenType switch
    {
        JsonTokenType.String => Text(ref reader),
        JsonTokenType.Number => Number(ref reader),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        JsonTokenType.StartArray => List(ref reader, tags),
        _ => Dictionary(ref reader, tags),
    };

    static List<object?> List(ref Utf8JsonReader reader, SessionTags tags)
    {
        var list = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(Read(ref reader, tags));
        return list;
    }

    static object? Dictionary(ref Utf8JsonReader reader, SessionTags tags)
    {
        var dictionary = new Dictionary<string, object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = Text(ref reader);
            reader.Read();
            dictionary[key] = Read(ref reader, tags);
        }
        return dictionary.Count == 1 ? Untag(dictionary, tags) : dictionary;
    }

    static object? Untag(Dictionary<string, object?> single, SessionTags tags)
    {
        var (key, value) = single.First();
        return key switch
        {
            " t" => new SessionTuple(value as List<object?> ?? throw WrongType()),
            " b" => Bytes(value as string ?? throw WrongType()),
            " m" => new Markup(value as string ?? throw WrongType()),
            " u" => Id(value as string ?? throw WrongType()),
            " d" => Moment(value),
            " di" => Inner(value as Dictionary<string, object?> ?? throw WrongType()),
            [' ', ..] when tags.Find(key) is { } tag => tag.Read(value),
            _ => single,
        };
    }

    static Dictionary<string, object?> Inner(Dictionary<string, object?> marked)
    {
        if (marked.Count == 0) throw WrongType();
        var (key, value) = marked.First();
        return new() { [key.Length > 2 ? key[..^2] : ""] = value };
    }

    static byte[] Bytes(string text) => Base64Text.Decode(Encoding.ASCII.GetBytes(text)) ?? throw WrongType();

    // As Python's UUID: dashes, braces and the prefix "urn:uuid:" are ignored.
    static Guid Id(string text) => Guid.TryParseExact(
        text.Replace("urn:", "", StringComparison.Ordinal).Replace("uuid:", "", StringComparison.Ordinal).Trim('{', '}')
            .Replace("-", "", StringComparison.Ordinal),
        "N", out var id) ? id : throw WrongType();

    static object? Moment(object? value) => value switch
    {
        null => null,
        string text => HeaderUtilities.TryParseDate(text, out var moment) ? moment.ToUniversalTime() : null,
        _ => throw WrongType(),
    };

    static object Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt32(out var small)) return small;
        if (reader.TryGetInt64(out var large)) return large;
        if (reader.ValueSpan.ContainsAny((byte)'.', (byte)'e', (byte)'E'))
            return reader.GetDouble() is var number && double.IsFinite(number) ? number : throw WrongType();
        if (reader.ValueSpan.Length > MaxDigits) throw WrongType();
        return BigInteger.Parse(Encoding.ASCII.GetString(reader.ValueSpan), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    // Utf8JsonReader.GetString rejects a lone surrogate, which Python writes and reads.
    static string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        var text = new StringBuilder(reader.ValueSpan.Length);
        var rest = reader.ValueSpan;
        while (rest.IndexOf((byte)'\\') is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(rest[..at]));
            var isCode = rest[at + 1] == 'u';
            text.Append(isCode ? (char)Convert.ToUInt16(Encoding.ASCII.GetString(rest.Slice(at + 2, 4)), 16) : Escaped(rest[at + 1]));
            rest = rest[(at + (isCode ? 6 : 2))..];
        }
        return text.Append(Encoding.UTF8.GetString(rest)).ToString();
    }

    static char Escaped(byte letter) => letter switch
    {
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        _ => (char)letter,
    };

    static FormatException WrongType() => new();
}
