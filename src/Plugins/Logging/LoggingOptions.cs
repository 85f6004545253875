namespace Modular.Logging;

/// <summary>The format of a request's line.</summary>
public enum RequestLogFormat
{
    /// <summary>A sentence with named properties: method, path, status, duration, bytes, address, endpoint, request id.</summary>
    Structured,

    /// <summary>
    /// The Common Log Format of web servers: <c>127.0.0.1 - peter [10/Oct/2000:13:55:36 -0700] "GET /page HTTP/1.1" 200 2326</c>.
    /// </summary>
    Common,

    /// <summary>The same as <see cref="Common"/>, followed by referrer and user agent.</summary>
    Combined,
}

/// <summary>What is logged for requests, and which values are hidden.</summary>
public sealed record LoggingOptions
{
    /// <summary>The format of a request's line. Default <see cref="RequestLogFormat.Structured"/>.</summary>
    public RequestLogFormat Format { get; init; }

    /// <summary>
    /// The header for request ids. Default <c>X-Request-ID</c>. Null: the id isn't read or sent, but is still in the log and in
    /// <c>Current.RequestId</c>.
    /// </summary>
    public string? RequestIdHeader { get; init; } = "X-Request-ID";

    /// <summary>
    /// True: uses the client's id if it is well-formed: 1 to 128 letters, digits and <c>- _ . : / + = @ ~</c>. Default true. False: each
    /// request gets a new id.
    /// </summary>
    public bool AcceptRequestId { get; init; } = true;

    /// <summary>Requests that take longer log a warning. Default null: no warnings.</summary>
    public TimeSpan? SlowerThan
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value
            : throw new ArgumentOutOfRangeException(nameof(SlowerThan), value, "SlowerThan must be greater than zero.");
    }

    /// <summary>
    /// Paths that aren't logged, such as <c>/health</c>, or prefixes that end with a star, such as <c>/static/*</c>. Exceptions are still
    /// logged. Default: none.
    /// </summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>The names of request headers in a structured line. Default: none.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>
    /// The case-insensitive names of query arguments whose values are shown as <c>***</c>. Default: common names of passwords, tokens,
    /// keys and codes.
    /// </summary>
    public IReadOnlyList<string> HiddenQuery { get; init; } =
    [
        "password", "passwd", "pwd", "secret", "client_secret", "token", "access_token", "refresh_token", "id_token", "api_key", "apikey",
            "key", "code", "signature", "sig", "state",
    ];

    /// <summary>The case-insensitive names of headers whose values are shown as <c>***</c>. Default: headers with credentials.</summary>
    public IReadOnlyList<string> HiddenHeaders { get; init; } =
        ["Authorization", "Proxy-Authorization", "X-Api-Key", "X-Auth-Token", "X-CSRF-Token", "X-XSRF-TOKEN"];

    /// <summary>
    /// The names of cookies whose values are shown as <c>***</c> in the header <c>Cookie</c>. Default <c>*</c>: all cookies.
    /// </summary>
    public IReadOnlyList<string> HiddenCookies { get; init; } = ["*"];
}
