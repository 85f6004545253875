using System.Net;

namespace Modular.Testing;

/// <summary>The options of a test client.</summary>
public sealed record TestClientOptions
{
    /// <summary>Follows redirects. Default false, as in Flask.</summary>
    public bool FollowRedirects { get; init; }

    /// <summary>With <see cref="FollowRedirects"/>: also follows redirects to subdomains. Default false.</summary>
    public bool FollowSubdomains { get; init; }

    /// <summary>Keeps cookies between requests. Default true.</summary>
    public bool UseCookies { get; init; } = true;

    /// <summary>
    /// The scheme, host and mount path of the application. Default null: the application's options for URLs outside a request
    /// (scheme, <c>ServerName</c>, root), with <c>localhost</c> if there is no server name.
    /// </summary>
    public string? BaseUrl { get; init; }

    /// <summary>
    /// The headers of every request. A request's own headers replace them. Default: the User-Agent <c>Modular.Testing</c>.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [("User-Agent", "Modular.Testing")];

    /// <summary>The client address of requests. Default 127.0.0.1.</summary>
    public IPAddress RemoteAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Keeps the context of each request for assertions, until the next request or until the client is disposed: <c>using
    /// (response.EnterContext()) Assert.Equal(7, Current.Session["n"])</c>.
    /// Teardown hooks wait until then. Default false.
    /// </summary>
    public bool KeepContext { get; init; }

    /// <summary>
    /// True, the default: the call throws unhandled exceptions, so that the test shows them. False: an exception becomes a 500, as in
    /// production.
    /// A value in <c>app.PropagatesExceptions</c> has priority.
    /// </summary>
    public bool PropagateExceptions { get; init; } = true;
}
