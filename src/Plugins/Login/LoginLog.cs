namespace Modular.Login;

/// <summary>The log messages of logins.</summary>
static partial class LoginLog
{
    [LoggerMessage(1, LogLevel.Warning, "A remember-me cookie of user {UserId} was used again after it had been replaced, so it " +
        "may be stolen. The remembered login has ended.")]
    internal static partial void RememberReused(ILogger logger, string userId);

    [LoggerMessage(2, LogLevel.Information, "The login of user {UserId} has ended because its session came from another address or " +
        "browser.")]
    internal static partial void Moved(ILogger logger, string userId);

    [LoggerMessage(3, LogLevel.Information, "User {UserId} has logged in.")]
    internal static partial void LoggedIn(ILogger logger, string userId);

    [LoggerMessage(4, LogLevel.Information, "User {UserId} has logged out.")]
    internal static partial void LoggedOut(ILogger logger, string userId);

    [LoggerMessage(5, LogLevel.Warning, "A log-in attempt from {Address} was refused for {Seconds} seconds, because too many have failed.")]
    internal static partial void Throttled(ILogger logger, string? address, long seconds);

    [LoggerMessage(6, LogLevel.Information, "The login of user {UserId} has ended because of its age, or because the user has changed.")]
    internal static partial void Ended(ILogger logger, string userId);
}
