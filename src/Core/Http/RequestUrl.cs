using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular;

/// <summary>The address of a request for people: what can be read is not percent-encoded, RFC 3987.</summary>
static class RequestUrl
{
    static readonly SearchValues<char> EncodedInPath = Unreadable("?#");
    static readonly SearchValues<char> EncodedInQuery = Unreadable("&=+#");
    static readonly SearchValues<char> Nothing = SearchValues.Create("");

    /// <summary><c>scheme://host/root/path?query</c>.</summary>
    /// <param name="scheme">As <c>https</c>.</param>
    /// <param name="host">With its port, unless it is the scheme's own. Punycode is shown as what it spells. Without a host the address begins with the path,
    /// because browsers read <c>http:///login</c> as the host <c>login</c>.</param>
    /// <param name="root">Decoded path of the mount, as <c>/app</c> or empty.</param>
    /// <param name="path">Decoded path below the mount; null ends the address with the root's slash.</param>
    /// <param name="query">As sent, without <c>?</c>.</param>
    internal static string Build(string scheme, string host, string root, string? path = null, string query = "")
    {
        var url = new StringBuilder();
        if (host.Length > 0) url.Append(scheme).Append("://").Append(ReadableHost(host));
        var mount = root.AsSpan().Trim('/');
        if (!mount.IsEmpty) AppendPath(url.Append('/'), mount);
        url.Append('/');
        AppendPath(url, path.AsSpan().TrimStart('/'));
        if (query.Length > 0) AppendQuery(url.Append('?'), query);
        return url.ToString();
    }

    static void AppendPath(StringBuilder url, ReadOnlySpan<char> path)
    {
        while (path.IndexOfAny(EncodedInPath) is >= 0 and var index)
        {
            url.Append(path[..index]);
            Percent.Append(url, path.Slice(index, 1), Nothing);
            path = path[(index + 1)..];
        }
        url.Append(path);
    }

    static void AppendQuery(StringBuilder url, string query)
    {
        var buffer = ArrayPool<char>.Shared.Rent(query.Length);
        url.Append(buffer, 0, PartialPercent.Decode(query, EncodedInQuery, buffer));
        ArrayPool<char>.Shared.Return(buffer);
    }

    static string ReadableHost(string host)
    {
        host = host.ToLowerInvariant();
        if (!host.Contains("xn--", StringComparison.Ordinal)) return host;
        try
        {
            return new IdnMapping().GetUnicode(host);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    // Controls, the space and % always; then what would end the part of the address that it stands in.
    static SearchValues<char> Unreadable(string more)
    {
        Span<char> controls = stackalloc char[' ' + 1];
        for (var c = '\0'; c <= ' '; c++) controls[c] = c;
        return SearchValues.Create($"{controls}\u007F%{more}");
    }
}
