using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular;

/// <summary>Addresses with any characters in them, made fit for a header.</summary>
static class Iri
{
    // The URL standard's sets for each part, and "%" because the rest may be encoded already.
    static readonly SearchValues<char> PathSafe = Percent.Safe("%!$&'()*+,/:;=@");
    static readonly SearchValues<char> QuerySafe = Percent.Safe("%!$&'()*+,/:;=?@");
    static readonly SearchValues<char> FragmentSafe = Percent.Safe("%!#$&'()*+,/:;=?@");
    static readonly SearchValues<char> UserSafe = Percent.Safe("%!$&'()*+,:;=");
    static readonly SearchValues<char> HostSafe = Percent.Safe("%[]:");

    /// <summary>
    /// The address in ASCII: the host in Punycode, all else that needs it percent-encoded. What is encoded stays so, and a
    /// relative address stays relative. As Werkzeug's <c>iri_to_uri</c>.
    /// </summary>
    internal static string ToUri(string iri)
    {
        if (!iri.AsSpan().ContainsAnyExcept(FragmentSafe)) return iri;
        var uri = new StringBuilder(iri.Length + 16);
        var rest = iri.AsSpan();
        if (SchemeLength(rest) is var scheme and > 0) rest = Take(uri, rest, scheme);
        if (rest.StartsWith("//"))
        {
            rest = Take(uri, rest, 2);
            var end = rest.IndexOfAny('/', '?', '#');
            AppendAuthority(uri, end < 0 ? rest : rest[..end]);
            rest = end < 0 ? default : rest[end..];
        }
        var fragment = rest.IndexOf('#');
        var path = fragment < 0 ? rest : rest[..fragment];
        var query = path.IndexOf('?');
        Percent.Append(uri, query < 0 ? path : path[..query], PathSafe);
        if (query >= 0) Percent.Append(uri, path[query..], QuerySafe);
        if (fragment >= 0) Percent.Append(uri, rest[fragment..], FragmentSafe);
        return uri.ToString();
    }

    /// <summary>A host name in ASCII, lower-case; null when it cannot be one.</summary>
    internal static string? AsciiHost(string host)
    {
        try
        {
            host = host.ToLowerInvariant();
            return Ascii.IsValid(host) ? host : new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static ReadOnlySpan<char> Take(StringBuilder uri, ReadOnlySpan<char> text, int count)
    {
        uri.Append(text[..count]);
        return text[count..];
    }

    // With its colon; 0 without one, as "a:b" may be a path only after a slash.
    static int SchemeLength(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return 0;
        foreach (var c in text[1..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return 0;
        return colon + 1;
    }

    static void AppendAuthority(StringBuilder uri, ReadOnlySpan<char> authority)
    {
        if (authority.LastIndexOf('@') is var at and >= 0)
        {
            Percent.Append(uri, authority[..at], UserSafe);
            uri.Append('@');
            authority = authority[(at + 1)..];
        }
        var colon = authority.LastIndexOf(':');
        var hasPort = colon >= 0 && !authority[(colon + 1)..].Contains(']');
        var host = (hasPort ? authority[..colon] : authority).ToString();
        uri.Append(Percent.Encode(AsciiHost(host) ?? host, HostSafe).ToLowerInvariant());
        if (hasPort) Percent.Append(uri, authority[colon..], HostSafe);
    }
}
