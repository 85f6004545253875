using System.Security.Claims;

namespace Modular.Login;

/// <summary>How users log in and stay logged in. Names and defaults follow Flask-Login where it has them.</summary>
public sealed record LoginOptions
{
    /// <summary>
    /// The endpoint of the log-in page, such as <c>login</c> or <c>account.login</c>, or a path or URL. Visitors who aren't logged in are
    /// redirected to it with the parameter <c>next</c>. Default null: they get a 401.
    /// </summary>
    public string? LoginView { get; init; }

    /// <summary>Where users without a fresh login are redirected to. Default null: <see cref="LoginView"/>.</summary>
    public string? RefreshView { get; init; }

    /// <summary>The response for visitors who aren't logged in. Default null: a redirect or a 401.</summary>
    public Func<RequestContext, ValueTask<Response>>? Unauthorized { get; init; }

    /// <summary>The response for users without a fresh login. Default null: a redirect or a 401.</summary>
    public Func<RequestContext, ValueTask<Response>>? NeedsRefresh { get; init; }

    /// <summary>What happens when a session comes from another address or browser. Default <see cref="SessionProtection.Basic"/>.</summary>
    public SessionProtection SessionProtection { get; init; } = SessionProtection.Basic;

    /// <summary>A login ends when its user made no request for this time. Default null: it doesn't.</summary>
    public TimeSpan? IdleTimeout { get; init => field = Positive(value, nameof(IdleTimeout)); }

    /// <summary>A login ends this long after it began. Default null: with the session.</summary>
    public TimeSpan? AbsoluteTimeout { get; init => field = Positive(value, nameof(AbsoluteTimeout)); }

    /// <summary>The lifetime of a remembered login. Default 365 days.</summary>
    public TimeSpan RememberFor { get; init => field = Positive(value, nameof(RememberFor))!.Value; } = TimeSpan.FromDays(365);

    /// <summary>The name of the remember-me cookie. Default <c>remember_token</c>.</summary>
    public string RememberCookieName { get; init; } = "remember_token";

    /// <summary>
    /// Keeps remembered logins on the server too, so that a log-out ends them there and a stolen cookie is noticed. Default null: the
    /// cookie alone, which ends with the user's <see cref="IUser.SecurityStamp"/>.
    /// </summary>
    public RememberStore? RememberStore { get; init; }

    /// <summary>
    /// True: the user is loaded before the hooks of every request, so that <c>Current.User</c> needs no <c>await</c> even if loading is
    /// asynchronous. Every response then says <c>Vary: Cookie</c>, except those of static files. Default false.
    /// </summary>
    public bool LoadAlways { get; init; }

    /// <summary>
    /// True: responses that used a user get <c>Cache-Control: no-store</c>, unless the view sets the header. Default true.
    /// </summary>
    public bool NoStore { get; init; } = true;

    /// <summary>
    /// True: when another scheme of ASP.NET has authenticated the request, such as a bearer token, the user is loaded by the principal's
    /// <see cref="UserIdClaim"/>. Default false.
    /// </summary>
    public bool AcceptOtherSchemes { get; init; }

    /// <summary>
    /// Finds the user that the request itself names, such as by a token in its header <c>Authorization</c>. It runs when the user is first
    /// read; the session isn't read if it returns a user. Its <see cref="HttpException"/> refuses the request. Default null: the session.
    /// </summary>
    /// <remarks>The response of such a user gets <c>Cache-Control: private</c> at least. The login is fresh.</remarks>
    public Func<RequestContext, CancellationToken, ValueTask<IUser?>>? RequestLoader { get; init; }

    /// <summary>The type of the claim with the user's id. Default <see cref="ClaimTypes.NameIdentifier"/>.</summary>
    public string UserIdClaim { get; init; } = ClaimTypes.NameIdentifier;

    /// <summary>How many log-in attempts <c>ThrottleLogin</c> allows. Its section in the configuration is <c>LoginThrottle</c>.</summary>
    public ThrottleOptions Throttle { get; init; } = new();

    static TimeSpan? Positive(TimeSpan? value, string name) => value is null || value > TimeSpan.Zero ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be greater than zero.");
}

/// <summary>What happens when a session comes from another address or browser (the User-Agent header) than at the log-in.</summary>
public enum SessionProtection
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The login isn't fresh any more.</summary>
    Basic,

    /// <summary>The login ends, also a remembered one.</summary>
    Strong,
}
