namespace Modular;

/// <summary>Reads <c>text/html; charset=utf-8</c>, RFC 9110 §5.6.6, also where a part of it is malformed, which the framework does not.</summary>
static partial class HeaderOptions
{
    const string Token = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    /// <summary>What stands before the first semicolon, and the options by lower-case name, unquoted.</summary>
    internal static (string Value, Dictionary<string, string> Options) Parse(string? header)
    {
        header ??= "";
        var semicolon = header.IndexOf(';', StringComparison.Ordinal) is >= 0 and var at ? at : header.Length;
        var options = new Dictionary<string, string>();
        foreach (var option in Option.Matches(header, semicolon).Select(option => option.Groups))
            options[option["name"].Value.ToLowerInvariant()] = HeaderList.Unquote(option["value"].Value);
        return (header[..semicolon].Trim(' ', '\t'), options);
    }

    // What is malformed is passed over up to the next semicolon.
    [GeneratedRegex(
        $""";[ \t]*(?<name>{Token})=(?<value>{Token}|"(?>[^"\\]+|\\.)*")""", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
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
