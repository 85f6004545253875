using System.Net;

namespace Modular.Testing;

/// <summary>How a test client behaves.</summary>
public sealed record TestClientOptions
{
    /// <summary>Goes on to the target of a redirect. Default false, as in Flask.</summary>
    public bool FollowRedirects { get; init; }

    /// <summary>With <see cref="FollowRedirects"/>: also to hosts below the one that was asked. Default false.</summary>
    public bool FollowSubdomains { get; init; }

    /// <summary>Keeps cookies between requests. Default true.</summary>
    public bool UseCookies { get; init; } = true;

    /// <summary>
    /// Scheme, host and the path that the application is mounted under. Default null: what the application's options say of URLs outside of a request
    /// (scheme, <c>ServerName</c>, root), on <c>localhost</c> where they name no server.
    /// </summary>
    public string? BaseUrl { get; init; }

    /// <summary>Headers of every request, unless it has its own. Default: a User-Agent, <c>Modular.Testing</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [("User-Agent", "Modular.Testing")];

    /// <summary>The address that requests come from. Default 127.0.0.1.</summary>
    public IPAddress RemoteAddress { get; init; } = IPAddress.Loopback;

    /// <summary>
    /// Keeps the context of each request for assertions, until the next request or the client's end: <c>using (response.EnterContext()) Assert.Equal(7, Current.Session["n"])</c>.
    /// Teardown hooks wait until then. Default false.
    /// </summary>
    public bool KeepContext { get; init; }

    /// <summary>
    /// True, the default: an exception that no error handler takes is thrown out of the call, so that the test shows it. False: it becomes a 500, as in production.
    /// What <c>app.PropagatesExceptions</c> was set to wins over both.
    /// </summary>
    public bool PropagateExceptions { get; init; } = true;
}
