using Microsoft.Extensions.Logging;

namespace Modular;

/// <summary>The application's logger under a plugin's id.</summary>
sealed class PluginLogger(ILogger inner, string id) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        inner.Log(logLevel, eventId, state, exception, (s, e) => $"{id}: {formatter(s, e)}");
}
