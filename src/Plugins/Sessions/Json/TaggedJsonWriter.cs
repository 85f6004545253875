using System.Buffers;
using System.Buffers.Text;
using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;

namespace Modular.Sessions;

/// <summary>Writes values as Flask's tagged JSON, byte for byte: compact, ASCII, with sorted keys, and other types under a tag.</summary>
sealed class TaggedJsonWriter(SessionTags tags)
{
    /// <summary>The maximum nesting depth, also in the reader.</summary>
    internal const int MaxDepth = 128;

    static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    readonly ArrayBufferWriter<byte> _output = new(512);
    int _depth;

    /// <exception cref="ModularException">A value has a type that a session can't store.</exception>
    internal static byte[] Write(object? value, SessionTags tags)
    {
        var writer = new TaggedJsonWriter(tags);
        writer.Write(value);
        return writer._output.WrittenSpan.ToArray();
    }

    void Write(object? value)
    {
        switch (value)
        {
            case null: _output.Write("null"u8); break;
            case string text: WriteText(text); break;
            case bool yes: _output.Write(yes ? "true"u8 : "false"u8); break;
            case int number: WriteInteger(number); break;
            case long number: WriteInteger(number); break;
            case double number: WriteDouble(number); break;
            default: WriteOther(value); break;
        }
    }

    void WriteOther(object value)
    {
        if (tags.Of(value) is { } tag)
        {
            WriteOwn(tag, value);
            return;
        }
        switch (value)
        {
            case byte[] bytes: WriteTagged(" b"u8, Convert.ToBase64String(bytes)); break;
            case Markup markup: WriteTagged(" m"u8, markup.ToString()); break;
            case IHtmlContent html: WriteTagged(" m"u8, Markup.Escape(html).ToString()); break;
            case Guid id: WriteTagged(" u"u8, id.ToString("N")); break;
            case DateTimeOffset moment: WriteTagged(" d"u8, moment.ToString("r", CultureInfo.InvariantCulture)); break;
            case DateTime moment: WriteTagged(" d"u8, Utc(moment).ToString("r", CultureInfo.InvariantCulture)); break;
            case ReadOnlyMemory<byte> bytes: WriteTagged(" b"u8, Convert.ToBase64String(bytes.Span)); break;
            case Memory<byte> bytes: WriteTagged(" b"u8, Convert.ToBase64String(bytes.Span)); break;
            case JsonElement or JsonNode or JsonDocument: Write(SessionValues.Json(value)); break;
            case var _ when SimpleValues.Text(value) is { } text: WriteText(text); break;
            case var _ when SimpleValues.Digits(value) is { } digits: WriteRaw(digits); break;
            case var _ when SimpleValues.Float(value) is { } number: WriteDouble(number); break;
            case SessionTuple tuple: WriteTuple(tuple); break;
            case ITuple tuple: WriteTuple(Items(tuple)); break;
            case IDictionary<string, object?> dictionary: WriteDictionary(dictionary); break;
            case IDictionary dictionary: WriteDictionary(Plainly(dictionary)); break;
            case IEnumerable items: WriteList(items); break;
            default: throw SessionValues.Refused(value);
        }
    }

    void WriteOwn(SessionTag tag, object value)
    {
        Enter();
        Append((byte)'{');
        WriteText(tag.Name);
        Append((byte)':');
        Write(tag.Write(value));
        Append((byte)'}');
        _depth--;
    }

    static DateTime Utc(DateTime moment) => moment.Kind == DateTimeKind.Local ? moment.ToUniversalTime() : moment;

    internal static object?[] Items(ITuple tuple)
    {
        var items = new object?[tuple.Length];
        for (var i = 0; i < items.Length; i++) items[i] = tuple[i];
        return items;
    }

    internal static Dictionary<string, object?> Plainly(IDictionary dictionary)
    {
        var plain = new Dictionary<string, object?>(dictionary.Count);
        foreach (DictionaryEntry entry in dictionary)
            plain.Add(entry.Key as string ?? throw new ModularException(
                $"A dictionary in the session has a key of type {entry.Key.GetType().Name}. " +
                "Use strings as keys, as in JSON."), entry.Value);
        return plain;
    }

    void WriteTuple(IEnumerable items)
    {
        _output.Write("{\" t\":"u8);
        WriteList(items);
        Append((byte)'}');
    }

    void WriteList(IEnumerable items)
    {
        Enter();
        Append((byte)'[');
        var first = true;
        foreach (var item in items)
        {
            if (!first) Append((byte)',');
            first = false;
            Write(item);
        }
        Append((byte)']');
        _depth--;
    }

    // A dictionary with a single key that looks like a tag would be read as a tag, so it's written under a special tag.
    void WriteDictionary(IDictionary<string, object?> dictionary)
    {
        Enter();
        KeyValuePair<string, object?>[] entries = [.. dictionary];
        Array.Sort(entries, CodePointOrder.Instance);
        if (entries is [var (key, value)] && tags.IsTag(key)) WriteTagLike(key, value);
        else WriteEntries(entries);
        _depth--;
    }

    void WriteTagLike(string key, object? value)
    {
        _output.Write("{\" di\":{"u8);
        WriteText($"{key}__");
        Append((byte)':');
        Write(value);
        _output.Write("}}"u8);
    }

    void WriteEntries(KeyValuePair<string, object?>[] entries)
    {
        Append((byte)'{');
        var first = true;
        foreach (var (key, value) in entries)
        {
            if (!first) Append((byte)',');
            first = false;
            WriteText(key);
            Append((byte)':');
            Write(value);
        }
        Append((byte)'}');
    }

    void Enter()
    {
        if (++_depth > MaxDepth) throw new ModularException(
            $"The session's values are nested deeper than {MaxDepth} levels, or contain themselves. " +
            "Store flat values in it, and keep the rest on the server.");
    }

    void WriteTagged(ReadOnlySpan<byte> tag, string text)
    {
        _output.Write("{\""u8);
        _output.Write(tag);
        _output.Write("\":"u8);
        WriteText(text);
        Append((byte)'}');
    }

    void WriteInteger(long number)
    {
        Utf8Formatter.TryFormat(number, _output.GetSpan(20), out var written);
        _output.Advance(written);
    }

    void WriteDouble(double number)
    {
        if (!double.IsFinite(number)) throw new ModularException(
            $"The session can't store the number {number.ToString(CultureInfo.InvariantCulture)} because JSON doesn't have it. " +
            "Store null or text instead.");
        WriteRaw(PythonFloat.Format(number));
    }

    void WriteRaw(string ascii) => Encoding.ASCII.GetBytes(ascii, _output);

    void Append(byte one)
    {
        _output.GetSpan(1)[0] = one;
        _output.Advance(1);
    }

    void WriteText(ReadOnlySpan<char> text)
    {
        Append((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0) plain = text.Length;
            Encoding.ASCII.GetBytes(text[..plain], _output);
            if (plain == text.Length) break;
            WriteEscaped(text[plain]);
            text = text[(plain + 1)..];
        }
        Append((byte)'"');
    }

    void WriteEscaped(char c)
    {
        var letter = c switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', '\b' => 'b', '\f' => 'f', _ => '\0' };
        Append((byte)'\\');
        if (letter != '\0')
        {
            Append((byte)letter);
            return;
        }
        Append((byte)'u');
        Utf8Formatter.TryFormat((uint)c, _output.GetSpan(4), out var written, new StandardFormat('x', 4));
        _output.Advance(written);
    }
}
