namespace Modular.Login;

/// <summary>A login, reported with <c>context.Notify</c>. A test reads it with <c>response.Captured&lt;LoginEvent&gt;()</c>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="UserId">The user's id. Null when it isn't known.</param>
public sealed record LoginEvent(LoginEventKind Kind, string? UserId);

/// <summary>What happened to a login.</summary>
public enum LoginEventKind
{
    /// <summary>A user has logged in.</summary>
    LoggedIn,

    /// <summary>A user has logged out.</summary>
    LoggedOut,

    /// <summary>A visitor who isn't logged in was refused.</summary>
    Unauthorized,

    /// <summary>A log-in attempt was refused because too many have failed.</summary>
    Throttled,

    /// <summary>
    /// A remember-me cookie was used a second time, so one of two browsers has a stolen one. Its entry is removed. Change the user's
    /// <see cref="IUser.SecurityStamp"/> to end the sessions too.
    /// </summary>
    RememberCookieReused,
}
