using System.Globalization;
using System.Text;

namespace Modular.Testing;

/// <summary>Where a request goes: the address, and its path and query as they go over the wire, for an Uri has no dot segments any more.</summary>
/// <param name="Target">The whole address.</param>
/// <param name="Raw">Path and query, in ASCII.</param>
readonly record struct TestAddress(Uri Target, string Raw)
{
    /// <summary>The base address of a client: its options', else the application's own.</summary>
    internal static Uri BaseOf(ModularApp app, TestClientOptions options) => new((options.BaseUrl
        ?? $"{app.Options.PreferredUrlScheme}://{app.Options.ServerName ?? "localhost"}/{app.Options.ApplicationRoot.Trim('/')}").TrimEnd('/') + "/");

    /// <summary>The address of a path below the base, or of a whole URL.</summary>
    internal static TestAddress Of(Uri root, string path, IReadOnlyList<(string Name, string Value)> query)
    {
        path = path.Split('#')[0];
        if (query.Count > 0) path += (path.Contains('?') ? '&' : '?')
            + string.Join('&', query.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        // A path may start with two slashes, and must not be taken for a host then.
        var target = path.StartsWith('/') ? new Uri(root.AbsoluteUri.TrimEnd('/') + path) : new Uri(root, path);
        return new(target, path.StartsWith('/') ? Ascii(root.AbsolutePath.TrimEnd('/') + path) : target.PathAndQuery);
    }

    /// <summary>The address for the server in memory, which cannot read <c>%00</c>; <see cref="Restore"/> puts it back.</summary>
    internal Uri Readable => HasNull ? new(Target.AbsoluteUri.Replace("%00", "%01", StringComparison.Ordinal)) : Target;

    /// <summary>Makes of what the server in memory has read what a server on a socket would have.</summary>
    internal void Restore(HttpContext http, Microsoft.AspNetCore.Http.Features.IHttpRequestFeature request)
    {
        request.RawTarget = Raw;
        if (!HasNull) return;
        // As ASP.NET's servers do: all is decoded but the slash.
        var path = Uri.UnescapeDataString(Target.AbsolutePath.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
        if (path.StartsWith(http.Request.PathBase.Value ?? "", StringComparison.Ordinal)) request.Path = path[(http.Request.PathBase.Value?.Length ?? 0)..];
        if (Target.Query.Contains("%00", StringComparison.Ordinal)) request.QueryString = Target.Query;
    }

    bool HasNull => Target.AbsoluteUri.Contains("%00", StringComparison.Ordinal);

    static string Ascii(string path)
    {
        if (path.All(c => c is > ' ' and < '\x7F')) return path;
        var ascii = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(path))
            if (octet is > (byte)' ' and < 0x7F) ascii.Append((char)octet);
            else ascii.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        return ascii.ToString();
    }
}
