using System.Buffers;
using System.Buffers.Text;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Modular.Sessions;

/// <summary>Writes values as Flask's tagged JSON, byte for byte: compact, ASCII, keys sorted, other types under a tag.</summary>
ref struct TaggedJsonWriter(ref Utf8Buffer output, SessionTags tags)
{
    /// <summary>Levels; also what the reader takes.</summary>
    internal const int MaxDepth = 128;

    static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    readonly ref Utf8Buffer _output = ref output;
    int _depth;

    /// <exception cref="ModularException">A value is of a type that a session does not keep.</exception>
    internal void Write(object? value)
    {
        switch (value)
        {
            case null: _output.Append("null"u8); break;
            case string text: WriteText(text); break;
            case bool yes: _output.Append(yes ? "true"u8 : "false"u8); break;
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
            case float number: WriteDouble(number); break;
            case byte or sbyte or short or ushort or uint or ulong or BigInteger: WriteRaw(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
            case SessionTuple tuple: WriteTuple(tuple); break;
            case ITuple tuple: WriteTuple(Items(tuple)); break;
            case List<object?> list: WriteList(CollectionsMarshal.AsSpan(list)); break;
            case IDictionary<string, object?> dictionary: WriteDictionary(dictionary); break;
            case IDictionary dictionary: WriteDictionary(Plainly(dictionary)); break;
            case IEnumerable items: WriteList(items); break;
            default: throw SessionValues.Refused(value);
        }
    }

    void WriteOwn(SessionTag tag, object value)
    {
        Enter();
        _output.Append((byte)'{');
        WriteText(tag.Name);
        _output.Append((byte)':');
        Write(tag.Write(value));
        _output.Append((byte)'}');
        _depth--;
    }

    static DateTime Utc(DateTime moment) => moment.Kind == DateTimeKind.Local ? moment.ToUniversalTime() : moment;

    static object?[] Items(ITuple tuple)
    {
        var items = new object?[tuple.Length];
        for (var i = 0; i < items.Length; i++) items[i] = tuple[i];
        return items;
    }

    static Dictionary<string, object?> Plainly(IDictionary dictionary)
    {
        var plain = new Dictionary<string, object?>(dictionary.Count);
        foreach (DictionaryEntry entry in dictionary)
            plain.Add(entry.Key as string ?? throw new ModularException(
                $"A dictionary in the session has a key of the type {entry.Key.GetType().Name}. Use strings as keys, as JSON does."), entry.Value);
        return plain;
    }

    void WriteTuple(IEnumerable items)
    {
        _output.Append("{\" t\":"u8);
        WriteList(items);
        _output.Append((byte)'}');
    }

    void WriteList(IEnumerable items)
    {
        Enter();
        _output.Append((byte)'[');
        var first = true;
        foreach (var item in items)
        {
            if (!first) _output.Append((byte)',');
            first = false;
            Write(item);
        }
        _output.Append((byte)']');
        _depth--;
    }

    // What was read from JSON is such a list.
    void WriteList(ReadOnlySpan<object?> items)
    {
        Enter();
        _output.Append((byte)'[');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) _output.Append((byte)',');
            Write(items[i]);
        }
        _output.Append((byte)']');
        _depth--;
    }

    // One key that looks like a tag would be read as one, so such a dictionary is a tag of its own.
    void WriteDictionary(IDictionary<string, object?> dictionary)
    {
        Enter();
        if (dictionary.Count == 1)
        {
            foreach (var (key, value) in dictionary)
            {
                if (tags.IsTag(key)) WriteTagLike(key, value);
                else WriteEntries([new(key, value)]);
            }
        }
        else
        {
            var entries = new KeyValuePair<string, object?>[dictionary.Count];
            dictionary.CopyTo(entries, 0);
            if (!CodePointOrder.IsSorted(entries)) Array.Sort(entries, CodePointOrder.Instance);     // what was read is
            WriteEntries(entries);
        }
        _depth--;
    }

    void WriteTagLike(string key, object? value)
    {
        _output.Append("{\" di\":{"u8);
        WriteText($"{key}__");
        _output.Append((byte)':');
        Write(value);
        _output.Append("}}"u8);
    }

    void WriteEntries(scoped ReadOnlySpan<KeyValuePair<string, object?>> entries)
    {
        _output.Append((byte)'{');
        var first = true;
        foreach (var (key, value) in entries)
        {
            if (!first) _output.Append((byte)',');
            first = false;
            WriteText(key);
            _output.Append((byte)':');
            Write(value);
        }
        _output.Append((byte)'}');
    }

    void Enter()
    {
        if (++_depth > MaxDepth) throw new ModularException(
            $"The session's values are nested deeper than {MaxDepth} levels, or hold themselves. Keep flat values in it, and the rest on the server.");
    }

    void WriteTagged(ReadOnlySpan<byte> tag, string text)
    {
        _output.Append("{\""u8);
        _output.Append(tag);
        _output.Append("\":"u8);
        WriteText(text);
        _output.Append((byte)'}');
    }

    void WriteInteger(long number)
    {
        Utf8Formatter.TryFormat(number, _output.WithRoom(20)[_output.Length..], out var written);
        _output.Advance(written);
    }

    void WriteDouble(double number)
    {
        if (!double.IsFinite(number)) throw new ModularException(
            $"The session was given the number {number.ToString(CultureInfo.InvariantCulture)}, which JSON does not have. Store null or a text instead.");
        WriteRaw(PythonFloat.Format(number));
    }

    void WriteRaw(string ascii)
    {
        Utf8.FromUtf16(ascii, _output.WithRoom(ascii.Length)[_output.Length..], out _, out var written);
        _output.Advance(written);
    }

    void WriteText(ReadOnlySpan<char> text)
    {
        _output.Append((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0) plain = text.Length;
            _output.Advance(Encoding.ASCII.GetBytes(text[..plain], _output.WithRoom(plain)[_output.Length..]));
            if (plain == text.Length) break;
            WriteEscaped(text[plain]);
            text = text[(plain + 1)..];
        }
        _output.Append((byte)'"');
    }

    void WriteEscaped(char c)
    {
        var letter = c switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', '\b' => 'b', '\f' => 'f', _ => '\0' };
        _output.Append((byte)'\\');
        if (letter != '\0')
        {
            _output.Append((byte)letter);
            return;
        }
        _output.Append((byte)'u');
        Utf8Formatter.TryFormat((uint)c, _output.WithRoom(4)[_output.Length..], out var written, new StandardFormat('x', 4));
        _output.Advance(written);
    }
}
