using SameSiteMode = Microsoft.AspNetCore.Http.SameSiteMode;

namespace Modular;

/// <summary>Reads the <c>Cookie</c> header as browsers and Flask write it, less strictly than RFC 6265 §4.2.1.</summary>
static partial class RequestCookies
{
    internal static MultiDict Parse(StringValues header)
    {
        var cookies = new List<KeyValuePair<string, string>>();
        foreach (var line in header)
            foreach (var match in Cookie.EnumerateMatches(line))
            {
                var cookie = line!.AsSpan(match.Index, match.Length);
                var split = cookie.IndexOf('=') is >= 0 and var found ? found : cookie.Length;
                var name = cookie[..split].Trim(" \t").ToString();
                if (IsName(name)) cookies.Add(new(name, Unquote(cookie[Math.Min(split + 1, cookie.Length)..].Trim(" \t").ToString())));
            }
        return new([.. cookies], "Request.Cookies");
    }

    // Browsers don't set names with other white space or control characters: "\u00A0__Host-id" must not be read as "__Host-id".
    static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsControl(c) || (c != ' ' && char.IsSeparator(c)));

    // Escapes are bytes of UTF-8, so they are undone in the bytes, each of which is a letter of Latin1.
    static string Unquote(string value)
    {
        if (value is not ['"', .. var inner, '"']) return value;
        var letters = Escape.Replace(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(inner)), Unescaped);
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(letters));
    }

    static string Unescaped(Match escape) => escape.Value is ['\\', var a, var b, var c]
        ? $"{(char)((a - '0') << 6 | (b - '0') << 3 | (c - '0'))}"
        : escape.Value[1..];

    // As Werkzeug's _cookie_re: a value is quoted, and may hold a semicolon, when its last quote ends it.
    [GeneratedRegex(
        """(?<=^|;)[^=;]+(=([ \t]*"(?>[^"\\]+|\\.)*"[ \t]*(?=;|\z)|[^;]*))?(?=;|\z)""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Cookie { get; }

    [GeneratedRegex(@"\\([0-3][0-7][0-7]|.)", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Escape { get; }
}

// SetCookieHeaderValue quotes nothing, and has another order: http_functions.json dump_cookie "bar baz blub".
static class SetCookie
{
    static readonly SearchValues<char> PathSafe = Percent.Safe("%!$&'()*+,/:=@");

    // The characters of a value without quotes: RFC 6265's cookie-octets, all printable ASCII except four.
    static readonly SearchValues<char> Plain = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    internal static string Format(string name, string value, CookieOptions options, TimeProvider clock)
    {
        if (!HttpToken.IsToken(name))
            throw new ModularException($"The cookie name {Quoted.Text(name)} cannot be sent. Use letters, digits, dashes and underscores.");
        var text = new StringBuilder(64).Append(name).Append('=').Append(Value(value));
        if (!string.IsNullOrEmpty(options.Domain)) text.Append("; Domain=").Append(Domain(options.Domain));
        var expires = options.Expires ?? clock.GetUtcNow() + options.MaxAge;
        if (expires is { } moment) text.Append("; Expires=").Append(HeaderUtilities.FormatDate(moment));
        if (options.MaxAge is { } age) text.Append("; Max-Age=").Append(CultureInfo.InvariantCulture, $"{(long)age.TotalSeconds}");
        if (options.Secure || options.Extensions.Contains("Partitioned", StringComparer.OrdinalIgnoreCase)) text.Append("; Secure");
        if (options.HttpOnly) text.Append("; HttpOnly");
        if (options.Path is { } path) text.Append("; Path=").Append(Percent.Encode(path, PathSafe));
        if (options.SameSite is >= SameSiteMode.None and <= SameSiteMode.Strict) text.Append("; SameSite=").Append(options.SameSite);
        foreach (var extension in options.Extensions) text.Append("; ").Append(extension);
        return text.ToString();
    }

    // Other characters are written in quotes as UTF-8 bytes of three octal digits, which Python and Werkzeug read.
    static string Value(string value) => !value.AsSpan().ContainsAnyExcept(Plain) ? value
        : $"\"{string.Concat(Encoding.UTF8.GetBytes(value).Select(octet => Escaped((char)octet)))}\"";

    static string Escaped(char c) => c == ' ' || Plain.Contains(c) ? $"{c}"
        : c is '"' or '\\' ? $"\\{c}"
        : $"\\{(char)('0' + (c >> 6))}{(char)('0' + (c >> 3 & 7))}{(char)('0' + (c & 7))}";

    static string Domain(string domain)
    {
        var name = domain.Split(':')[0].TrimStart('.');
        // ASCII letters keep their case, as in Werkzeug.
        var host = Ascii.IsValid(name) ? name : HostName.ToAscii(name);
        return !string.IsNullOrEmpty(host) && !host.AsSpan().ContainsAnyExcept(HostName.Characters) ? host : throw new ModularException(
            $"The cookie domain {Quoted.Text(domain)} isn't a host name. "
                + "Write it as \"example.com\", or leave it out for this host alone.");
    }
}
