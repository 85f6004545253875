using System.Collections.ObjectModel;

namespace Modular;

/// <summary>
/// A header value with options, <c>form-data; name="a"; filename*=UTF-8''%e2%82%ac.txt</c>: RFC 9110 §5.6.6, RFC 2231 §3 and §4.
/// </summary>
/// <remarks>MediaTypeHeaderValue and ContentDispositionHeaderValue read no continuations, and nothing at all of a header with one mistake: http_functions.json parse_options_header.</remarks>
public static class HeaderOptions
{
    // Encoding.ASCII would turn what is no ASCII into question marks, which may then look meant.
    static readonly Encoding Ascii = Encoding.GetEncoding(
        "us-ascii", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));

    /// <summary>Reads a header, however malformed it is; null is an empty one.</summary>
    /// <returns>What stands before the first semicolon; and the options by lower-case name, unquoted and decoded. What is no <c>name=value</c> is left out.</returns>
    public static (string Value, IReadOnlyDictionary<string, string> Options) Parse(string? header) => Parse(header, out _);

    /// <param name="header">Null is an empty one.</param>
    /// <param name="looked">How many characters were looked at or copied, for those who want to know that it is a small multiple of the header's length.</param>
    internal static (string Value, IReadOnlyDictionary<string, string> Options) Parse(string? header, out long looked)
    {
        var text = header.AsSpan();
        looked = text.Length;
        var semicolon = text.IndexOf(';');
        var value = (semicolon < 0 ? text : text[..semicolon]).Trim(HttpToken.Blanks).ToString();
        var rest = semicolon < 0 ? [] : text[(semicolon + 1)..].Trim(HttpToken.Blanks);
        if (value.Length == 0 || rest.IsEmpty) return (value, ReadOnlyDictionary<string, string>.Empty);
        var reader = new OptionsReader();
        var options = reader.Read(rest);
        looked += reader.Looked;
        return (value, options);
    }

    /// <summary>Collects options; a continued one (<c>name*0</c>, <c>name*1</c>) is put together, and its charset goes on from part to part.</summary>
    sealed class OptionsReader
    {
        readonly Dictionary<string, string> _options = [];
        readonly Dictionary<string, StringBuilder> _continued = [];
        Encoding? _charset;

        internal long Looked { get; private set; }

        internal Dictionary<string, string> Read(ReadOnlySpan<char> text)
        {
            while (!text.IsEmpty)
            {
                text = ReadOne(text);
                var semicolon = text.IndexOf(';');
                Looked += semicolon < 0 ? text.Length : semicolon;
                text = semicolon < 0 ? [] : text[(semicolon + 1)..].TrimStart(HttpToken.Blanks);
            }
            foreach (var (name, value) in _continued)
            {
                _options[name] = value.ToString();
                Looked += value.Length;
            }
            return _options;
        }

        // Takes name=value off the start when there is one.
        ReadOnlySpan<char> ReadOne(ReadOnlySpan<char> text)
        {
            var length = TokenLength(text);
            if (length == 0 || length == text.Length || text[length] != '=') return text;
            var name = text[..length].ToString().ToLowerInvariant();
            var rest = text[(length + 1)..];
            length = rest is ['"', ..] ? QuotedLength(rest) : TokenLength(rest);
            if (length == 0) return rest;
            Add(name, rest[..length]);
            return rest[length..];
        }

        int TokenLength(ReadOnlySpan<char> text)
        {
            var length = text.IndexOfAnyExcept(HttpToken.Characters) is >= 0 and var found ? found : text.Length;
            Looked += length;
            return length;
        }

        // With both quotes; 0 when the closing one is missing.
        int QuotedLength(ReadOnlySpan<char> text)
        {
            for (var i = 1; i < text.Length; i++, Looked++)
            {
                if (text[i] == '"') return i + 1;
                if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '"') i++;
            }
            return 0;
        }

        void Add(string name, ReadOnlySpan<char> raw)
        {
            Looked += name.Length + raw.Length;
            string value;
            if (name.EndsWith('*') && name.Length > 1)
            {
                name = name[..^1];
                value = Decode(raw);
            }
            else value = HeaderList.Unquote(raw);
            // Browsers write a quote inside a name as %22, and nothing else encoded.
            if (raw is ['"', .., '"']) value = value.Replace("%22", "\"", StringComparison.Ordinal);

            if (IsContinuation(name, out var whole)) Continue(whole, value);
            else
            {
                _options[name] = value;
                _continued.Remove(name);
            }
        }

        // The pieces are put together at the end: each time anew, a header of many would be copied as often as it has pieces.
        void Continue(string name, string value)
        {
            if (!_continued.TryGetValue(name, out var pieces)) _continued[name] = pieces = new(_options.GetValueOrDefault(name));
            pieces.Append(value);
            _options.TryAdd(name, "");
        }

        // charset'language'percent-encoded; only charsets that clients still use.
        string Decode(ReadOnlySpan<char> raw)
        {
            ReadOnlySpan<char> text = HeaderList.Unquote(raw);
            var first = raw is ['"', ..] ? -1 : raw.IndexOf('\'');
            var second = first < 0 ? -1 : raw[(first + 1)..].IndexOf('\'');
            if (second >= 0 && first + second + 2 < raw.Length)
            {
                if (first > 0) _charset = Charset(raw[..first].ToString());
                text = raw[(first + second + 2)..];
            }
            if (_charset is not { } encoding) return text.ToString();
            var octets = Encoding.UTF8.GetBytes(text.ToString().Replace("+", "%2B", StringComparison.Ordinal));
            return encoding.GetString(WebUtility.UrlDecodeToBytes(octets, 0, octets.Length));
        }

        static bool IsContinuation(string name, out string whole)
        {
            var star = name.LastIndexOf('*');
            var continues = star > 0 && star < name.Length - 1 && !name.AsSpan(star + 1).ContainsAnyExceptInRange('0', '9');
            whole = continues ? name[..star] : name;
            return continues;
        }
    }

    /// <summary>The charsets that a client may name: ASCII, UTF-8 and ISO-8859-1; null for any other.</summary>
    public static Encoding? Charset(string? name) => name?.ToLowerInvariant() switch
    {
        "utf-8" => Encoding.UTF8,
        "ascii" or "us-ascii" => Ascii,
        "iso-8859-1" => Encoding.Latin1,
        _ => null,
    };
}
