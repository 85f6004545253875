using Microsoft.Extensions.Logging;

namespace Modular.Debugger;

/// <summary>What the debugger logs.</summary>
static partial class DebuggerLog
{
    [LoggerMessage(1, LogLevel.Error, "Exception on {Path} [{Method}]")]
    internal static partial void Unhandled(ILogger logger, Exception error, string? path, string method);

    [LoggerMessage(2, LogLevel.Warning, "The debugger stays off, though debug is on: {Reason} is Production.")]
    internal static partial void StaysOff(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Error, "A task failed that nobody awaited.")]
    internal static partial void TaskFailed(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "Ten wrong PINs: the debugger's console is locked until the program is started anew.")]
    internal static partial void Locked(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The request of an exception could not be read for its page.")]
    internal static partial void NotRead(ILogger logger, Exception error);
}
