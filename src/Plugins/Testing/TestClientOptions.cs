namespace Modular.Testing;

/// <summary>How a test client behaves.</summary>
public sealed record TestClientOptions
{
    /// <summary>Goes on to the target of a redirect. Default false, as in Flask.</summary>
    public bool FollowRedirects { get; init; }

    /// <summary>Keeps cookies between requests. Default true.</summary>
    public bool UseCookies { get; init; } = true;

    /// <summary>Scheme, host and the path that the application is mounted under. Default <c>http://localhost/</c>.</summary>
    public string BaseUrl { get; init; } = "http://localhost/";

    /// <summary>
    /// True, the default: an exception that no error handler takes is thrown out of the call, so that the test shows it. False: it becomes a 500, as in production.
    /// What <c>app.PropagatesExceptions</c> was set to wins over both.
    /// </summary>
    public bool PropagateExceptions { get; init; } = true;
}
