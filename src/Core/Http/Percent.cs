namespace Modular;

/// <summary>Percent-encoding of UTF-8 text, RFC 3986 §2.1.</summary>
static class Percent
{
    const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    internal static readonly string Controls = string.Concat(Enumerable.Range(0, ' ').Append(0x7F).Select(c => (char)c));

    internal static readonly SearchValues<char> PathSafe = Safe("!$&'()*+,/:;=@");

    internal static SearchValues<char> Safe(string more) => SearchValues.Create(Unreserved + more);

    /// <summary>Everything outside <paramref name="safe"/> becomes <c>%XX</c> of its UTF-8 bytes; a lone surrogate U+FFFD.</summary>
    internal static string Encode(string text, SearchValues<char> safe)
    {
        if (!text.AsSpan().ContainsAnyExcept(safe)) return text;
        var writer = new UrlWriter(stackalloc char[UrlWriter.StackSize]);
        writer.AppendEncoded(text, safe);
        return writer.ToStringAndDispose();
    }

    internal static string EncodeOnly(string text, SearchValues<char> characters) => !text.AsSpan().ContainsAny(characters) ? text
        : string.Concat(text.Select(c => characters.Contains(c) ? $"%{(int)c:X2}" : c.ToString()));

    /// <summary>Each <c>%XX</c> is decoded as UTF-8, once. A malformed <c>%</c> isn't changed; invalid UTF-8 becomes U+FFFD.</summary>
    internal static string Decode(ReadOnlySpan<char> text, bool plusIsSpace = false) =>
        !text.Contains('%') && !(plusIsSpace && text.Contains('+')) ? text.ToString()
        : WebUtility.UrlDecode(plusIsSpace ? text.ToString() : text.ToString().Replace("+", "%2B", StringComparison.Ordinal));
}

static partial class Iri
{
    // Characters with a meaning in some part of a URL, and "%" because the rest may already be encoded.
    static readonly SearchValues<char> Safe = Percent.Safe("%!#$&'()*+,/:;=?@");
    static readonly SearchValues<char> HostSafe = Percent.Safe("%[]:");

    /// <summary>The address in ASCII, as Werkzeug's <c>iri_to_uri</c>: the host in Punycode, the rest percent-encoded, once.</summary>
    internal static string ToUri(string iri)
    {
        if (!iri.AsSpan().ContainsAnyExcept(Safe)) return iri;
        var host = Host.Match(iri).Groups["host"];
        return Percent.Encode(iri[..host.Index], Safe)
            + Percent.Encode(HostName.ToAscii(host.Value) ?? host.Value, HostSafe).ToLowerInvariant()
            + Percent.Encode(iri[(host.Index + host.Length)..], Safe);
    }

    // Uri adds slashes and drops ports: http_functions.json iri_to_uri "http://localhost".
    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]*:)?//([^/?#]*@)?(?<host>[^/?#]*?)(:[^/?#:\]]*)?(?=[/?#]|\z)", RegexOptions.ExplicitCapture)]
    static partial Regex Host { get; }
}
