using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>Headers that belong to one connection (RFC 9110 §7.6.1). The server writes its own, so those of a view, mostly copied from another server, are not sent.</summary>
static class HopByHop
{
    static readonly FrozenSet<string> Names = new[]
    {
        HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection, HeaderNames.TE, HeaderNames.Trailer, HeaderNames.TransferEncoding,
        HeaderNames.Upgrade,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for those, and for the headers that <c>Connection</c> names.</summary>
    internal static bool Is(string name, HeaderDictionary headers) =>
        Names.Contains(name) || headers.GetCommaSeparatedValues(HeaderNames.Connection).Contains(name, StringComparer.OrdinalIgnoreCase);
}
