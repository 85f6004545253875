using System.Collections.Concurrent;

namespace Modular.Logging.Tests;

/// <summary>Keeps the log lines, with their properties and scopes.</summary>
sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    readonly ConcurrentQueue<LogLine> _lines = [];
    IExternalScopeProvider? _scopes;

    internal IReadOnlyList<LogLine> All => [.. _lines];

    /// <summary>The lines of the plugin.</summary>
    internal IReadOnlyList<LogLine> Requests => [.. _lines.Where(line => line.Category == "Modular.Logging")];

    internal LogLine Request => Assert.Single(Requests);

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    sealed class Lines(LogLines all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => all._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var (scopes, texts) = (new Dictionary<string, object?>(), new List<string>());
            all._scopes?.ForEachScope((scope, _) =>
            {
                texts.Add($"{scope}");
                if (scope is not IEnumerable<KeyValuePair<string, object?>> pairs) return;
                foreach (var (name, value) in pairs) scopes[name] = value;
            }, 0);
            var properties = state is IEnumerable<KeyValuePair<string, object?>> values ? values.ToDictionary(pair => pair.Key, pair => pair.Value) : [];
            all._lines.Enqueue(new(logLevel, category, formatter(state, exception), exception, properties, scopes, string.Join(' ', texts)));
        }
    }
}

sealed record LogLine(LogLevel Level, string Category, string Text, Exception? Error, Dictionary<string, object?> Properties, Dictionary<string, object?> Scope, string ScopeText);
