namespace Modular;

/// <summary>Addresses with any characters in them, made fit for a header.</summary>
static partial class Iri
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
        var parts = Parts.Match(iri).Groups;
        string Encoded(string part, SearchValues<char> safe) => Percent.Encode(parts[part].Value, safe);
        var host = Percent.Encode(HostName.ToAscii(parts["host"].Value) ?? parts["host"].Value, HostSafe).ToLowerInvariant();
        return string.Concat([
            parts["scheme"].Value, parts["slashes"].Value, Encoded("user", UserSafe), parts["at"].Value, host, Encoded("port", HostSafe),
            Encoded("path", PathSafe), Encoded("query", QuerySafe), Encoded("fragment", FragmentSafe)]);
    }

    // RFC 3986, appendix B, with the parts of the authority. Uri adds slashes and drops ports: http_functions.json iri_to_uri "http://localhost".
    [GeneratedRegex(
        @"\A(?<scheme>[A-Za-z][A-Za-z0-9+.-]*:)?((?<slashes>//)((?<user>[^/?#]*)(?<at>@))?(?<host>[^/?#]*?)(?<port>:[^/?#:\]]*)?(?=[/?#]|\z))?(?<path>[^?#]*)(?<query>\?[^#]*)?(?<fragment>#.*)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    static partial Regex Parts { get; }
}
