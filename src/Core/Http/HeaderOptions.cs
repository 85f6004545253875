using System.Collections.ObjectModel;

namespace Modular;

/// <summary>Reads <c>form-data; name="a"; filename*=UTF-8''%e2%82%ac.txt</c>: RFC 9110 §5.6.6, RFC 2231 §3 and §4.</summary>
/// <remarks>The framework reads no continuations, and nothing of a malformed header: http_functions.json parse_options_header.</remarks>
public static partial class HeaderOptions
{
    const string Token = "[A-Za-z0-9!#$%&'*+.^_`|~-]";

    // Encoding.ASCII's question marks could look meant.
    static readonly Encoding Ascii = Encoding.GetEncoding(
        "us-ascii", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));

    /// <summary>What stands before the first semicolon, and the options by lower-case name, unquoted and decoded.</summary>
    public static (string Value, IReadOnlyDictionary<string, string> Options) Parse(string? header)
    {
        header ??= "";
        var semicolon = header.IndexOf(';', StringComparison.Ordinal);
        var value = (semicolon < 0 ? header : header[..semicolon]).Trim(' ', '\t');
        if (value.Length == 0 || semicolon < 0) return (value, ReadOnlyDictionary<string, string>.Empty);
        // Pieces of a continued option are put together at the end; each time anew, a header would be copied as often as it has pieces.
        var options = new Dictionary<string, StringBuilder>();
        Encoding? charset = null;
        for (var option = Option.Match(header, semicolon); option.Success; option = option.NextMatch())
        {
            var (name, raw) = (option.Groups["name"].Value.ToLowerInvariant(), option.Groups["value"].Value);
            var text = option.Groups["encoded"].Success ? Decode(raw, ref charset) : HeaderList.Unquote(raw);
            // Browsers write a quote inside a name as %22, and nothing else encoded.
            if (raw[0] == '"') text = text.Replace("%22", "\"", StringComparison.Ordinal);
            if (option.Groups["continued"].Success && options.TryGetValue(name, out var pieces)) pieces.Append(text);
            else options[name] = new(text);
        }
        return (value, options.ToDictionary(option => option.Key, option => option.Value.ToString()));
    }

    /// <summary>The charsets that a client may name: ASCII, UTF-8 and ISO-8859-1; null for any other.</summary>
    public static Encoding? Charset(string? name) => name?.ToLowerInvariant() switch
    {
        "utf-8" => Encoding.UTF8,
        "ascii" or "us-ascii" => Ascii,
        "iso-8859-1" => Encoding.Latin1,
        _ => null,
    };

    // charset'language'percent-encoded; the charset counts for the pieces that follow, too.
    static string Decode(string raw, ref Encoding? charset)
    {
        var text = HeaderList.Unquote(raw);
        if (raw is not ['"', ..] && raw.Split('\'', 3) is [var name, _, { Length: > 0 } rest])
        {
            if (name.Length > 0) charset = Charset(name);
            text = rest;
        }
        if (charset is null) return text;
        var octets = Encoding.UTF8.GetBytes(text.Replace("+", "%2B", StringComparison.Ordinal));
        return charset.GetString(WebUtility.UrlDecodeToBytes(octets, 0, octets.Length));
    }

    // name=value, name*=encoded, name*0=continued, name*0*=both. What is malformed is passed over up to the next semicolon.
    [GeneratedRegex(
        $""";[ \t]*(?<name>{Token}+?)(?<continued>\*[0-9]+)?(?<encoded>\*)?=(?<value>{Token}+|"(?>[^"\\]+|\\.)*")""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Option { get; }
}

/// <summary>Reads header values that are lists, RFC 9110 §5.6.1.</summary>
static partial class HeaderList
{
    /// <summary>The items between commas, trimmed and unquoted, without empty ones; nothing at all when a quote is left open.</summary>
    internal static string[] Parse(string? header) => [.. List.Match(header ?? "").Groups["item"].Captures
        .Select(item => item.Value.Trim(' ', '\t')).Where(item => item.Length > 0).Select(Unquote)];

    /// <summary>The text between quotes with <c>\"</c> and <c>\\</c> undone; anything else as it is.</summary>
    internal static string Unquote(string text) => text is ['"', .. var inner, '"'] ? Escape.Replace(inner, "$1") : text;

    // GetCommaSeparatedValues keeps escapes, and what follows an open quote: http_functions.json parse_list_header "a\"b", c and "d, e.
    [GeneratedRegex("""\A(?>(?<item>(?>[^",]+|"(?>[^"\\]+|\\.)*")*)(?:,|\z))*\z""", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex List { get; }

    [GeneratedRegex("""\\(["\\])""")]
    static partial Regex Escape { get; }
}
