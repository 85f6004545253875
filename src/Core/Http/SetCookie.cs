using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular;

/// <summary>Writes one <c>Set-Cookie</c> header, as Werkzeug's <c>dump_cookie</c>.</summary>
static class SetCookie
{
    static readonly SearchValues<char> HostChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");
    static readonly SearchValues<char> PathSafe = Percent.Safe("%!$&'()*+,/:=@");

    // What stands in a value without quotes: RFC 6265's cookie-octets, which are all printable ASCII but four.
    static readonly SearchValues<char> Plain = SearchValues.Create(
        "!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    internal static string Format(string name, string value, CookieAttributes attributes, TimeProvider clock)
    {
        if (!HttpToken.IsToken(name))
            throw new ModularException($"The cookie name {Quoted.Text(name)} cannot be sent. Use letters, digits, dashes and underscores.");

        return string.Concat(name, "=", Value(value), Attributes(attributes, clock));
    }

    static string Attributes(CookieAttributes attributes, TimeProvider clock)
    {
        var text = new StringBuilder(64);
        if (!string.IsNullOrEmpty(attributes.Domain)) text.Append("; Domain=").Append(Domain(attributes.Domain));
        var expires = attributes.Expires ?? (attributes.MaxAge is { } life ? clock.GetUtcNow() + life : null);
        if (expires is { } moment) text.Append("; Expires=").Append(HttpDate.Format(moment));
        if (attributes.MaxAge is { } age) text.Append("; Max-Age=").Append(CultureInfo.InvariantCulture, $"{(long)age.TotalSeconds}");
        if (attributes.Secure || attributes.Partitioned) text.Append("; Secure");
        if (attributes.HttpOnly) text.Append("; HttpOnly");
        if (attributes.Path is { } path)
        {
            text.Append("; Path=");
            Percent.Append(text, path, PathSafe);
        }
        text.Append(SameSite(attributes.SameSite));
        if (attributes.Partitioned) text.Append("; Partitioned");
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
        var port = domain.IndexOf(':');
        var name = (port < 0 ? domain : domain[..port]).TrimStart('.');
        // What is ASCII keeps its case, as in Werkzeug.
        var host = Ascii.IsValid(name) ? name : Iri.AsciiHost(name);
        return !string.IsNullOrEmpty(host) && !host.AsSpan().ContainsAnyExcept(HostChars) ? host : throw new ModularException(
            $"The cookie domain {Quoted.Text(domain)} is no host name. Write it as \"example.com\", or leave it out for this host alone.");
    }

    static string SameSite(SameSiteMode? mode) => mode switch
    {
        SameSiteMode.None => "; SameSite=None",
        SameSiteMode.Lax => "; SameSite=Lax",
        SameSiteMode.Strict => "; SameSite=Strict",
        _ => "",
    };
}
