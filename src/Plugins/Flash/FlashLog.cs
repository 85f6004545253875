using Microsoft.Extensions.Logging;

namespace Modular.Flashing;

static partial class FlashLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Count} flashed messages were dropped, as nobody showed them: more than {MaxMessages} messages, or {MaxCharacters} characters, would not fit into the cookie.")]
    internal static partial void Dropped(ILogger logger, int count, int maxMessages, int maxCharacters);
}
