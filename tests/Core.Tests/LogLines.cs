using System.Collections.Concurrent;

namespace Modular.Tests;

/// <summary>Keeps what is logged, for a test to look at: <c>app.Services.AddSingleton&lt;ILoggerProvider&gt;(lines)</c>.</summary>
sealed class LogLines : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<(LogLevel Level, string Text, Exception? Error)> _lines = [];

    internal IReadOnlyList<(LogLevel Level, string Text, Exception? Error)> Errors => [.. _lines.Where(line => line.Level >= LogLevel.Error)];

    /// <summary>Warnings and errors, each as one line.</summary>
    internal IReadOnlyList<string> Complaints => [.. _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => $"{line.Level}: {line.Text}")];

    /// <summary>All that was logged, each as one line.</summary>
    internal IReadOnlyList<string> All => [.. _lines.Select(line => $"{line.Level}: {line.Text}")];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
