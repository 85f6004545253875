using System.Globalization;
using System.Text;

namespace Modular.Testing;

/// <summary>The target of a request: the address, and the path and query as sent, because Uri removes dot segments.</summary>
/// <param name="Target">The full address.</param>
/// <param name="Raw">Path and query, in ASCII.</param>
readonly record struct TestAddress(Uri Target, string Raw)
{
    /// <summary>The base address of a client: from its options, otherwise from the application.</summary>
    internal static Uri BaseOf(ModularApp app, TestClientOptions options)
    {
        var root = $"{app.Options.PreferredUrlScheme}://{app.Options.ServerName ?? "localhost"}/{app.Options.ApplicationRoot.Trim('/')}";
        return new($"{(options.BaseUrl ?? root).TrimEnd('/')}/");
    }

    /// <summary>The address of a path below the base, or of an absolute URL.</summary>
    internal static TestAddress Of(Uri root, string path, IReadOnlyList<(string Name, string Value)> query)
    {
        path = path.Split('#')[0];
        if (query.Count > 0) path += (path.Contains('?') ? '&' : '?')
            + string.Join('&', query.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        // A path can start with two slashes, which must not be parsed as a host.
        var target = path.StartsWith('/') ? new Uri(root.AbsoluteUri.TrimEnd('/') + path) : new Uri(root, path);
        return new(target, path.StartsWith('/') ? Ascii(root.AbsolutePath.TrimEnd('/') + path) : target.PathAndQuery);
    }

    /// <summary>The address for the in-memory server, which can't read <c>%00</c>. <see cref="Restore"/> restores it.</summary>
    internal Uri Readable => HasNull ? new(Target.AbsoluteUri.Replace("%00", "%01", StringComparison.Ordinal)) : Target;

    /// <summary>Sets the path and query as a server on a socket would read them.</summary>
    internal void Restore(HttpContext http, Microsoft.AspNetCore.Http.Features.IHttpRequestFeature request)
    {
        request.RawTarget = Raw;
        if (!HasNull) return;
        // As in ASP.NET's servers, everything except the slash is decoded.
        var path = Uri.UnescapeDataString(Target.AbsolutePath.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
        if (path.StartsWith(http.Request.PathBase.Value ?? "", StringComparison.Ordinal))
            request.Path = path[(http.Request.PathBase.Value?.Length ?? 0)..];
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
