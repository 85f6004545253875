using Microsoft.Extensions.Logging;

namespace Modular.Templating;

/// <summary>The log messages of templates.</summary>
static partial class TemplatingLog
{
    [LoggerMessage(20, LogLevel.Information, "Template {Name}: {Place}: {Outcome}")]
    internal static partial void LookedFor(ILogger logger, string name, string place, string outcome);

    [LoggerMessage(21, LogLevel.Debug, "A template has changed. All templates are compiled again on their next use.")]
    internal static partial void Reloaded(ILogger logger);
}
