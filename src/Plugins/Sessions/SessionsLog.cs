using Microsoft.Extensions.Logging;

namespace Modular.Sessions;

/// <summary>The log messages of sessions.</summary>
static partial class SessionsLog
{
    [LoggerMessage(1, LogLevel.Error, "The session couldn't be read from its store.")]
    internal static partial void ReadFailed(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "The session couldn't be written to its store. Its changes are lost.")]
    internal static partial void WriteFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "An entry in the session store isn't a valid session. The visitor gets an empty one.")]
    internal static partial void Unreadable(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "A session was changed while its store was unavailable. The changes are lost.")]
    internal static partial void ChangesLost(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The session's cookie has SameSite=None without Secure, so browsers reject it. " +
        "Set CookieSecure = true.")]
    internal static partial void SameSiteNone(ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "A session was changed after another request had ended it with Clear or Regenerate. " +
        "The changes are lost.")]
    internal static partial void Ended(ILogger logger);
}
