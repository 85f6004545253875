using System.Buffers;
using System.Text;

namespace Modular.Fixers;

/// <summary>Parses the header <c>Forwarded</c>, RFC 7239 §4: <c>for=192.0.2.60;proto=https, for="[2001:db8::1]:4711"</c>.</summary>
public static class Forwarded
{
    static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>
    /// The information from each proxy, the one nearest to the client first. Any client can send the header, so trust it only as
    /// <see cref="ProxyFix"/> does.
    /// </summary>
    /// <returns>Null when a part is malformed. Empty when the header is empty.</returns>
    public static IReadOnlyList<ForwardedHop>? Parse(string header)
    {
        var hops = new List<ForwardedHop>();
        var rest = header.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = HopLength(rest);
            if (length < 0) return null;
            var element = rest[..length].Trim(" \t");
            rest = length < rest.Length ? rest[(length + 1)..] : [];
            if (element.IsEmpty) continue;
            if (ParseHop(element) is not { } hop) return null;
            hops.Add(hop);
        }
        return hops;
    }

    /// <summary>One element of the list. Null when it is malformed or contains a parameter twice.</summary>
    internal static ForwardedHop? ParseHop(ReadOnlySpan<char> element)
    {
        var parameters = new Dictionary<string, string>(4, StringComparer.OrdinalIgnoreCase);
        while (!element.IsEmpty)
        {
            if (element[0] == ';')
            {
                element = element[1..];
                continue;
            }
            var name = element[..Math.Max(0, element.IndexOf('='))];
            if (name.IsEmpty || name.ContainsAnyExcept(TokenCharacters)) return null;
            element = element[(name.Length + 1)..];
            if (!TryValue(ref element, out var value) || !parameters.TryAdd(name.ToString(), value)) return null;
        }
        return parameters.Count == 0 ? null : new(parameters);
    }

    // A token or a quoted string, up to the next semicolon.
    static bool TryValue(ref ReadOnlySpan<char> rest, out string value)
    {
        value = "";
        if (rest is ['"', ..]) return TryQuoted(ref rest, out value);
        var end = rest.IndexOf(';');
        var token = end < 0 ? rest : rest[..end];
        if (token.IsEmpty || token.ContainsAnyExcept(TokenCharacters)) return false;
        value = token.ToString();
        rest = rest[token.Length..];
        return true;
    }

    static bool TryQuoted(ref ReadOnlySpan<char> rest, out string value)
    {
        var text = new StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                value = text.ToString();
                rest = rest[(i + 1)..];
                return rest is [] or [';', ..];
            }
            if (rest[i] == '\\' && ++i == rest.Length || char.IsControl(rest[i])) break;
            text.Append(rest[i]);
        }
        value = "";
        return false;
    }

    // Up to the next comma outside quotes. -1 when a quote isn't closed.
    static int HopLength(ReadOnlySpan<char> rest)
    {
        var isQuoted = false;
        for (var i = 0; i < rest.Length; i++)
            if (rest[i] == '"') isQuoted = !isQuoted;
            else if (isQuoted && rest[i] == '\\') i++;
            else if (!isQuoted && rest[i] == ',') return i;
        return isQuoted ? -1 : rest.Length;
    }
}

/// <summary>The information from one proxy about a request, RFC 7239 §5.</summary>
public sealed class ForwardedHop
{
    readonly Dictionary<string, string> _parameters;

    internal ForwardedHop(Dictionary<string, string> parameters) => _parameters = parameters;

    /// <summary>
    /// The client of the proxy: an address with an optional port, <c>unknown</c>, or an obfuscated name such as <c>_hidden</c>. Null when
    /// missing.
    /// </summary>
    public string? For => Get("for");

    /// <summary>The interface of the proxy that received the request. Null when missing.</summary>
    public string? By => Get("by");

    /// <summary>The <c>Host</c> header that the proxy received. Null when missing.</summary>
    public string? Host => Get("host");

    /// <summary>The scheme of the request to the proxy. Null when missing.</summary>
    public string? Proto => Get("proto");

    /// <summary>A parameter by its case-insensitive name. Null when missing.</summary>
    public string? Get(string parameter) => _parameters.GetValueOrDefault(parameter);
}
