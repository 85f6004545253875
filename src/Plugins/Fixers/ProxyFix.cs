namespace Modular.Fixers;

/// <summary>
/// Restores the address that the client used for requests through proxies: the client's address, scheme, host, port, and the prefix that
/// the proxy removed.
/// <c>Request.Url</c>, <c>UrlFor</c>, redirects and secure cookies use it.
/// </summary>
/// <remarks>
/// Like Werkzeug's ProxyFix, it counts values from the right by the number of proxies. Unlike Werkzeug, it trusts a value only
/// when every proxy on its way is trusted: the peer, and each address to the right of it in <c>X-Forwarded-For</c>.
/// The feature <see cref="OriginalAddress"/> keeps the original values.
/// </remarks>
/// <example><code>
/// app.AppDelegate = ProxyFix.Wrap(app.AppDelegate, new() { For = 1, Proto = 1, TrustedProxies = ["10.0.0.0/8"] });
/// </code></example>
public static class ProxyFix
{
    /// <summary>Wraps an application with the fix.</summary>
    /// <param name="app">The application, usually <c>app.AppDelegate</c>. Set <c>app.Debug</c> before this call.</param>
    /// <param name="options">The headers, the number of values and the trusted proxies.</param>
    /// <exception cref="ModularException">There is no trusted proxy and debug mode is off, or an entry of a list isn't valid.</exception>
    public static RequestDelegate Wrap(RequestDelegate app, ProxyFixOptions options) =>
        Layer(options, isDebug: app.Target is ModularApp { Debug: true })(app);

    internal static Func<RequestDelegate, RequestDelegate> Layer(ProxyFixOptions options, bool isDebug)
    {
        if (options.Deepest == 0) return next => next;
        if (options.TrustedProxies.Count == 0 && !isDebug) throw new ModularException(
            $"ProxyFix reads {Counts(options)}, but no proxy is trusted to send them. "
            + "Write TrustedProxies = [\"10.0.0.5\"], with the addresses or networks of your proxies.");
        var proxies = options.TrustedProxies.Count > 0 ? options.TrustedProxies : TrustedProxies.ThisMachine;
        var fix = new ForwardedFix(options, new TrustedProxies(proxies));
        return next => http =>
        {
            fix.Apply(http);
            return next(http);
        };
    }

    static string Counts(ProxyFixOptions options) => string.Join(", ", new (string Name, int Count)[]
    {
        ("For", options.For), ("Proto", options.Proto), ("Host", options.Host), ("Port", options.Port), ("Prefix", options.Prefix),
    }.Where(pair => pair.Count > 0).Select(pair => $"{pair.Name} = {pair.Count}"));
}
