using Microsoft.Extensions.Logging;

namespace Modular.Templating;

/// <summary>What templates log.</summary>
static partial class TemplatingLog
{
    [LoggerMessage(20, LogLevel.Information, "Template {Name}: {Place}: {Outcome}")]
    internal static partial void LookedFor(ILogger logger, string name, string place, string outcome);

    [LoggerMessage(21, LogLevel.Debug, "A template has changed; all are compiled again when they are next used.")]
    internal static partial void Reloaded(ILogger logger);
}
