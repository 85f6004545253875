namespace Modular.Fixers;

/// <summary>
/// Gives requests that came through proxies the address that the client used: its own address, scheme, host, port and the prefix that the proxy took off.
/// <c>Request.Url</c>, <c>UrlFor</c>, redirects and secure cookies follow.
/// </summary>
/// <remarks>
/// As Werkzeug's ProxyFix it takes the value that stands as many places from the right as there are proxies. Unlike it, it believes a value only
/// when everybody it went through is trusted: the peer, and each address to the right of it in <c>X-Forwarded-For</c>.
/// What stood there before is the feature <see cref="OriginalAddress"/>.
/// </remarks>
/// <example><code>
/// app.AppDelegate = ProxyFix.Wrap(app.AppDelegate, new() { For = 1, Proto = 1, TrustedProxies = ["10.0.0.0/8"] });
/// </code></example>
public static class ProxyFix
{
    /// <summary>The application with the fix around it.</summary>
    /// <param name="app">Mostly <c>app.AppDelegate</c>. Set <c>app.Debug</c> before when it is to count.</param>
    /// <param name="options">Which headers, how many values, from whom.</param>
    /// <exception cref="ModularException">No trusted proxy is named and debug mode is off, or an entry of a list cannot be read.</exception>
    public static RequestDelegate Wrap(RequestDelegate app, ProxyFixOptions options) =>
        Layer(options, isDebug: app.Target is ModularApp { Debug: true })(app);

    internal static Func<RequestDelegate, RequestDelegate> Layer(ProxyFixOptions options, bool isDebug)
    {
        if (options.Deepest == 0) return next => next;
        if (options.TrustedProxies.Count == 0 && !isDebug) throw new ModularException(
            $"ProxyFix is to believe {Counts(options)}, but no proxy is trusted to send them. "
            + "Write TrustedProxies = [\"10.0.0.5\"], with the addresses or networks of your proxies.");
        var fix = new ForwardedFix(options, new TrustedProxies(options.TrustedProxies.Count > 0 ? options.TrustedProxies : TrustedProxies.ThisMachine));
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
