namespace Modular.Logging;

/// <summary>How the line of a request looks.</summary>
public enum RequestLogFormat
{
    /// <summary>A sentence whose values are named properties: method, path, status, duration, bytes, address, endpoint, request id.</summary>
    Structured,

    /// <summary>The Common Log Format of web servers: <c>127.0.0.1 - peter [10/Oct/2000:13:55:36 -0700] "GET /page HTTP/1.1" 200 2326</c>.</summary>
    Common,

    /// <summary>As <see cref="Common"/>, with referrer and user agent behind.</summary>
    Combined,
}

/// <summary>What is logged of requests, and what is kept out of the log.</summary>
public sealed record LoggingOptions
{
    /// <summary>How the line of a request looks. Default <see cref="RequestLogFormat.Structured"/>.</summary>
    public RequestLogFormat Format { get; init; }

    /// <summary>
    /// The header that a request id comes in and goes out by. Default <c>X-Request-ID</c>. Null: none is read or sent; the id is still in the log and in <c>Current.RequestId</c>.
    /// </summary>
    public string? RequestIdHeader { get; init; } = "X-Request-ID";

    /// <summary>
    /// Takes a client's id when it is well-formed: 1 to 128 letters, digits and <c>- _ . : / + = @ ~</c>. Default true. False: each request gets a new one.
    /// </summary>
    public bool AcceptRequestId { get; init; } = true;

    /// <summary>Requests that take longer get a warning of their own. Default null: none does.</summary>
    public TimeSpan? SlowerThan
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value
            : throw new ArgumentOutOfRangeException(nameof(SlowerThan), value, "SlowerThan must be longer than no time at all.");
    }

    /// <summary>Paths that get no line, such as <c>/health</c>; with a star at the end all that begin so, as <c>/static/*</c>. Exceptions are logged all the same. Default: none.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Names of request headers that a structured line shows. Default: none.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Names in queries whose values are shown as <c>***</c>, without regard to case. Default: passwords, tokens, keys and codes by their usual names.</summary>
    public IReadOnlyList<string> HiddenQuery { get; init; } =
    [
        "password", "passwd", "pwd", "secret", "client_secret", "token", "access_token", "refresh_token", "id_token", "api_key", "apikey", "key", "code", "signature", "sig", "state",
    ];

    /// <summary>Headers whose values are shown as <c>***</c>, without regard to case. Default: those that carry credentials.</summary>
    public IReadOnlyList<string> HiddenHeaders { get; init; } = ["Authorization", "Proxy-Authorization", "X-Api-Key", "X-Auth-Token", "X-CSRF-Token", "X-XSRF-TOKEN"];

    /// <summary>Cookies whose values are shown as <c>***</c> when the header <c>Cookie</c> is shown. Default <c>*</c>: all of them.</summary>
    public IReadOnlyList<string> HiddenCookies { get; init; } = ["*"];
}
