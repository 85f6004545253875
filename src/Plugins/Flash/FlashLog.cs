using Microsoft.Extensions.Logging;

namespace Modular.Flashing;

static partial class FlashLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Count} flashed messages were dropped because no page showed them: " +
        "more than {MaxMessages} messages, or {MaxCharacters} characters, don't fit into the cookie.")]
    internal static partial void Dropped(ILogger logger, int count, int maxMessages, int maxCharacters);
}
