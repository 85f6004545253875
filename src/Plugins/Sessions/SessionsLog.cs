using Microsoft.Extensions.Logging;

namespace Modular.Sessions;

/// <summary>What sessions log.</summary>
static partial class SessionsLog
{
    [LoggerMessage(1, LogLevel.Error, "The session could not be read from its store.")]
    internal static partial void ReadFailed(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "The session could not be written to its store; its changes are lost.")]
    internal static partial void WriteFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "A session in the store is no session; the visitor gets an empty one.")]
    internal static partial void Unreadable(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "A session was changed while its store did not answer; the changes are lost.")]
    internal static partial void ChangesLost(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The session's cookie has SameSite=None without Secure, so browsers refuse it. Set CookieSecure = true.")]
    internal static partial void SameSiteNone(ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "A session was changed after another request had ended it by Clear or Regenerate; the changes are lost.")]
    internal static partial void Ended(ILogger logger);
}
