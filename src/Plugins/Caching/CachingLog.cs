using Microsoft.Extensions.Logging;

namespace Modular.Caching;

static partial class CachingLog
{
    [LoggerMessage(1, LogLevel.Warning, "The cache isn't available. Pages are made for each request until it is again.")]
    internal static partial void Unavailable(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Information, "The cache is available again.")]
    internal static partial void AvailableAgain(ILogger logger);

    [LoggerMessage(3, LogLevel.Debug, "The page {Path} isn't cached: {Reason}.")]
    internal static partial void NotStored(ILogger logger, string path, string reason);
}
