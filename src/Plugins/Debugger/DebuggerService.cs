using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Modular.Debugger;

/// <summary>Prints the PIN when the program starts, and logs failed tasks that weren't awaited, which .NET doesn't report.</summary>
sealed class DebuggerService(DebuggerPlugin plugin, TextWriter? terminal, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (plugin.Layer is null) return Task.CompletedTask;
        TaskScheduler.UnobservedTaskException += Tell;
        if (plugin.Pin is { } pin) (terminal ?? Console.Out).WriteLine($" * Debugger PIN: {pin}");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        TaskScheduler.UnobservedTaskException -= Tell;
        return plugin.CloseAsync();
    }

    void Tell(object? sender, UnobservedTaskExceptionEventArgs task) => DebuggerLog.TaskFailed(logger, task.Exception);
}
