using Microsoft.AspNetCore.Antiforgery;

namespace Modular.Fixers;

/// <summary>
/// Rejects state-changing requests and WebSocket handshakes that a page of another site sends through a visitor's browser, with a 403.
/// Forms need no token.
/// </summary>
/// <remarks>
/// GET, HEAD, OPTIONS and TRACE are allowed, so they must not change anything. For other methods the header <c>Sec-Fetch-Site</c> decides,
/// which all current browsers send and no page can set:
/// <c>same-origin</c> and <c>none</c> are allowed. Without it, the host of <c>Origin</c> must match the request's host. Requests without
/// both headers come from programs and are allowed, because a page can't misuse a
/// visitor's cookies through them. Like Go's CrossOriginProtection. Behind a proxy that changes the host, wrap the application with
/// <see cref="ProxyFix"/> too.
/// </remarks>
public static class CrossSiteCheck
{
    internal const string Reason = "A page of another site sent this request.";

    // The trusted origins of an application that installed the check, for mounted applications.
    internal static readonly Slot<HashSet<string>> Installed = new("trusted origins", "app.UseCrossSiteCheck()");

    /// <summary>Wraps a delegate with the check. It can't exempt single rules; <c>app.UseCrossSiteCheck()</c> can.</summary>
    /// <param name="app">Any ASP.NET request delegate.</param>
    /// <param name="options">The trusted origins.</param>
    /// <exception cref="ModularException">A trusted origin isn't valid.</exception>
    public static RequestDelegate Wrap(RequestDelegate app, CrossSiteCheckOptions? options = null)
    {
        var trusted = Origins(options ?? new());
        return http => IsRefused(http, trusted) ? RefuseAsync(http) : app(http);
    }

    /// <summary>
    /// True when a page of another site sent the request to a mounted application without the check, and the outer application has the
    /// check.
    /// </summary>
    internal static bool IsRefused(HttpContext http, ModularApp? app, RequestDelegate mounted) =>
        app?.Find(Installed) is { } trusted
            && !(mounted.Target is ModularApp other && other.Find(Installed) is not null) && IsRefused(http, trusted);

    internal static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(Reason, http.RequestAborted);
    }

    /// <summary>True when a page of another site sent the request, and the request's rule doesn't allow that.</summary>
    internal static bool IsRefused(HttpContext http, HashSet<string> trusted)
    {
        if (IsSafe(http.Request.Method) && !http.WebSockets.IsWebSocketRequest) return false;
        var headers = http.Request.Headers;
        var origin = headers.Origin.ToString();
        var site = headers["Sec-Fetch-Site"].ToString();
        if (site is "same-origin" or "none") return false;
        if (site.Length == 0 && (origin.Length == 0 || IsOwn(origin, http.Request))) return false;
        return !trusted.Contains(origin) && !MayComeFromEverywhere(http);
    }

    /// <exception cref="ModularException">An entry isn't a valid origin.</exception>
    internal static HashSet<string> Origins(CrossSiteCheckOptions options)
    {
        foreach (var origin in options.TrustedOrigins)
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || !origin.Equals($"{uri.Scheme}://{uri.Authority}", StringComparison.OrdinalIgnoreCase))
                throw new ModularException(
                    $"\"{origin}\" isn't a valid origin. Write scheme and host, and the port if it isn't the scheme's default, such as " +
                    "\"https://admin.example.com\".");
        return new(options.TrustedOrigins, StringComparer.OrdinalIgnoreCase);
    }

    static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // The scheme is ignored, because the application may not know that a proxy terminates TLS.
    static bool IsOwn(string origin, HttpRequest request)
    {
        var host = origin.IndexOf("://", StringComparison.Ordinal) is >= 0 and var end ? origin.AsSpan(end + 3) : [];
        return !host.IsEmpty && WithoutUsualPort(host).Equals(WithoutUsualPort(request.Host.Value), StringComparison.OrdinalIgnoreCase);
    }

    static ReadOnlySpan<char> WithoutUsualPort(ReadOnlySpan<char> host) =>
        host.EndsWith(":80") ? host[..^3] : host.EndsWith(":443") ? host[..^4] : host;

    // ASP.NET's .DisableAntiforgery() has the same meaning.
    static bool MayComeFromEverywhere(HttpContext http) => http.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<AllowCrossSiteAttribute>() is not null
            || metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false });
}

/// <summary>The check as a hook, which knows the rule and uses the application's error handler for 403.</summary>
sealed class CrossSitePlugin(CrossSiteCheckOptions options) : IPlugin
{
    public PluginManifest Manifest { get; } = new("Modular.Fixers.CrossSiteCheck", core: BuiltFor.Core);

    readonly HashSet<string> _trusted = CrossSiteCheck.Origins(options);

    public void Install(PluginBuilder builder)
    {
        builder.AddAppSlot(CrossSiteCheck.Installed, _trusted);
        builder.App.BeforeRequest(context => CrossSiteCheck.IsRefused(context.Http, _trusted)
            ? throw new HttpException(StatusCodes.Status403Forbidden, CrossSiteCheck.Reason) : default);
    }
}
