using System.Collections.Concurrent;

namespace Modular.Tests.Hosting;

/// <summary>A logger provider that keeps the log lines.</summary>
sealed class HostLog : ILoggerProvider
{
    readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> _lines = [];

    internal IEnumerable<string> All => _lines.Select(line => $"{line.Level} {line.Category}: {line.Text.Split('\n')[0]}");

    /// <summary>Errors, and whatever the server has to say about an application that failed.</summary>
    internal IEnumerable<string> Errors => Failures.Select(text => text.Split('\n')[0]);

    /// <summary>The same with the exceptions that were logged, to find out why.</summary>
    internal IEnumerable<string> Failures => _lines.Where(line => line.Level >= LogLevel.Error).Select(line => $"{line.Category}: {line.Text}");

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void Dispose()
    {
    }

    sealed class Lines(HostLog all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all._lines.Enqueue((logLevel, category, formatter(state, exception) + (exception is null ? "" : $"\n{exception}")));
    }
}
