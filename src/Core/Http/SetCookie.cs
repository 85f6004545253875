using Microsoft.Net.Http.Headers;
using SameSiteMode = Microsoft.AspNetCore.Http.SameSiteMode;

namespace Modular;

/// <summary>Writes one <c>Set-Cookie</c> header.</summary>
/// <remarks>SetCookieHeaderValue quotes no value and has its own order of attributes: http_functions.json dump_cookie has Werkzeug's, "bar baz blub".</remarks>
static class SetCookie
{
    static readonly SearchValues<char> PathSafe = Percent.Safe("%!$&'()*+,/:=@");

    // What stands in a value without quotes: RFC 6265's cookie-octets, which are all printable ASCII but four.
    static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Except("\",;\\")]);

    internal static string Format(string name, string value, CookieOptions options, TimeProvider clock)
    {
        if (!HttpToken.IsToken(name))
            throw new ModularException($"The cookie name {Quoted.Text(name)} cannot be sent. Use letters, digits, dashes and underscores.");
        var text = new StringBuilder(64).Append(name).Append('=').Append(Value(value));
        if (!string.IsNullOrEmpty(options.Domain)) text.Append("; Domain=").Append(Domain(options.Domain));
        if ((options.Expires ?? clock.GetUtcNow() + options.MaxAge) is { } moment) text.Append("; Expires=").Append(HeaderUtilities.FormatDate(moment));
        if (options.MaxAge is { } age) text.Append("; Max-Age=").Append(CultureInfo.InvariantCulture, $"{(long)age.TotalSeconds}");
        if (options.Secure || options.Extensions.Contains("Partitioned", StringComparer.OrdinalIgnoreCase)) text.Append("; Secure");
        if (options.HttpOnly) text.Append("; HttpOnly");
        if (options.Path is { } path) text.Append("; Path=").Append(Percent.Encode(path, PathSafe));
        if (options.SameSite is >= SameSiteMode.None and <= SameSiteMode.Strict) text.Append("; SameSite=").Append(options.SameSite);
        foreach (var extension in options.Extensions) text.Append("; ").Append(extension);
        return text.ToString();
    }

    // Anything else goes into quotes, its UTF-8 bytes as three octal digits, which Python and Werkzeug read back.
    static string Value(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain)) return value;
        var text = new StringBuilder(value.Length + 16).Append('"');
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            var c = (char)octet;
            if (c == ' ' || Plain.Contains(c)) text.Append(c);
            else if (c is '"' or '\\') text.Append('\\').Append(c);
            else text.Append('\\').Append((char)('0' + (c >> 6))).Append((char)('0' + (c >> 3 & 7))).Append((char)('0' + (c & 7)));
        }
        return text.Append('"').ToString();
    }

    static string Domain(string domain)
    {
        var name = domain.Split(':')[0].TrimStart('.');
        // What is ASCII keeps its case, as in Werkzeug.
        var host = Ascii.IsValid(name) ? name : HostName.ToAscii(name);
        return !string.IsNullOrEmpty(host) && !host.AsSpan().ContainsAnyExcept(HostName.Characters) ? host : throw new ModularException(
            $"The cookie domain {Quoted.Text(domain)} is no host name. Write it as \"example.com\", or leave it out for this host alone.");
    }
}
