using Microsoft.Extensions.Logging;

namespace Modular.Debugger;

/// <summary>The log messages of the debugger.</summary>
static partial class DebuggerLog
{
    [LoggerMessage(1, LogLevel.Error, "Exception on {Path} [{Method}]")]
    internal static partial void Unhandled(ILogger logger, Exception error, string? path, string method);

    [LoggerMessage(2, LogLevel.Warning, "The debugger is off although debug mode is on: {Reason} is Production.")]
    internal static partial void StaysOff(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Error, "A task that wasn't awaited failed.")]
    internal static partial void TaskFailed(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "Ten wrong PINs were entered. The debugger's console is locked until the program is restarted.")]
    internal static partial void Locked(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The request of an exception couldn't be read for the error page.")]
    internal static partial void NotRead(ILogger logger, Exception error);
}
