using System.Collections.Concurrent;

namespace Modular.Testing.Conformance;

/// <summary>Collects the errors that an application logs, instead of the console.</summary>
sealed class Errors : ILoggerProvider
{
    readonly ConcurrentQueue<string> _texts = new();

    internal IReadOnlyCollection<string> Texts => _texts;

    public ILogger CreateLogger(string categoryName) => new Collector(_texts, categoryName);

    public void Dispose()
    {
    }

    sealed class Collector(ConcurrentQueue<string> texts, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            texts.Enqueue($"{category}: {formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}");
        }
    }
}
