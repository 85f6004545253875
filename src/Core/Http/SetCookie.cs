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

        var header = new StringBuilder(name.Length + value.Length + 64).Append(name).Append('=');
        AppendValue(header, value);
        if (!string.IsNullOrEmpty(attributes.Domain)) header.Append("; Domain=").Append(Domain(attributes.Domain));
        var expires = attributes.Expires ?? (attributes.MaxAge is { } life ? clock.GetUtcNow() + life : null);
        if (expires is { } moment) header.Append("; Expires=").Append(HttpDate.Format(moment));
        if (attributes.MaxAge is { } age) header.Append("; Max-Age=").Append(CultureInfo.InvariantCulture, $"{(long)age.TotalSeconds}");
        if (attributes.Secure || attributes.Partitioned) header.Append("; Secure");
        if (attributes.HttpOnly) header.Append("; HttpOnly");
        if (attributes.Path is { } path)
        {
            header.Append("; Path=");
            Percent.Append(header, path, PathSafe);
        }
        header.Append(SameSite(attributes.SameSite));
        if (attributes.Partitioned) header.Append("; Partitioned");
        return header.ToString();
    }

    // Anything else goes into quotes, its UTF-8 bytes as three octal digits, which Python and Werkzeug read back.
    static void AppendValue(StringBuilder header, string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain))
        {
            header.Append(value);
            return;
        }
        header.Append('"');
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            var c = (char)octet;
            if (c == ' ' || Plain.Contains(c)) header.Append(c);
            else if (c is '"' or '\\') header.Append('\\').Append(c);
            else header.Append('\\').Append((char)('0' + (c >> 6))).Append((char)('0' + (c >> 3 & 7))).Append((char)('0' + (c & 7)));
        }
        header.Append('"');
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
