namespace Modular.WebSockets;

/// <summary>Who may open WebSockets, and how a lost connection is noticed.</summary>
public sealed record WebSocketsOptions
{
    /// <summary>
    /// Other sites whose pages can open WebSockets, such as <c>https://admin.example.com</c>: scheme, host, and the port if it isn't the
    /// scheme's default. <c>*</c> allows all. Default: none, so a page must be of the request's own host.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>How often a quiet connection is pinged, so that proxies keep it open. Zero: never. Default: two minutes.</summary>
    public TimeSpan KeepAliveInterval
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KeepAliveInterval), value, "KeepAliveInterval must not be negative.");
    } = TimeSpan.FromMinutes(2);

    /// <summary>How long a ping can stay without an answer before the connection is closed. Null, the default: without limit.</summary>
    public TimeSpan? KeepAliveTimeout
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KeepAliveTimeout), value, "KeepAliveTimeout must be longer than zero, or null.");
    }
}
