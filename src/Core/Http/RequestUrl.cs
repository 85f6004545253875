namespace Modular;

/// <summary>The address of a request for people: what can be read is not percent-encoded, RFC 3987.</summary>
static partial class RequestUrl
{
    // Controls, the space and % always; then what would end the part of the address that it stands in.
    static readonly SearchValues<char> EncodedInPath = SearchValues.Create(Percent.Controls + " %?#");
    static readonly SearchValues<char> EncodedInQuery = SearchValues.Create(Percent.Controls + " %&=+#");

    /// <summary><c>scheme://host/root/path?query</c>.</summary>
    /// <param name="scheme">As <c>https</c>.</param>
    /// <param name="host">With its port, unless it is the scheme's own. Punycode is shown as what it spells. Without a host the address begins with the path,
    /// because browsers read <c>http:///login</c> as the host <c>login</c>.</param>
    /// <param name="root">Decoded path of the mount, as <c>/app</c> or empty.</param>
    /// <param name="path">Decoded path below the mount; null ends the address with the root's slash.</param>
    /// <param name="query">As sent, without <c>?</c>.</param>
    internal static string Build(string scheme, string host, string root, string? path = null, string query = "")
    {
        var origin = host.Length > 0 ? $"{scheme}://{ReadableHost(host.ToLowerInvariant())}" : "";
        var whole = $"{root.Trim('/')}/{path?.TrimStart('/')}".TrimStart('/');
        return $"{origin}/{Percent.EncodeOnly(whole, EncodedInPath)}{(query.Length > 0 ? "?" : "")}{Escapes.Replace(query, Readable)}";
    }

    // Bytes that are no UTF-8 stay encoded.
    static string Readable(Match run)
    {
        var text = new StringBuilder();
        for (ReadOnlySpan<byte> rest = Convert.FromHexString(run.Value.Replace("%", "", StringComparison.Ordinal)); !rest.IsEmpty;)
        {
            var isText = Rune.DecodeFromUtf8(rest, out var rune, out var count) == OperationStatus.Done;
            if (isText && !(rune.IsAscii && EncodedInQuery.Contains((char)rune.Value))) text.Append(rune.ToString());
            else text.Append(run.ValueSpan.Slice(run.Length - 3 * rest.Length, 3 * count));
            rest = rest[count..];
        }
        return text.ToString();
    }

    static string ReadableHost(string host)
    {
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

    [GeneratedRegex("(?:%[0-9A-Fa-f]{2})+")]
    static partial Regex Escapes { get; }
}
