namespace Modular;

/// <summary>The application's logger. Before the application is frozen it writes to the console; then to whatever the services bring.</summary>
sealed class AppLogger(string name) : ILogger
{
    ILogger? _inner;
    ILoggerFactory? _factory;
    ILoggerFactory? _early;

    internal void Attach(ILoggerFactory factory)
    {
        _factory = factory;
        _inner = factory.CreateLogger(name);
        _early?.Dispose();
        _early = null;
    }

    /// <summary>Where it writes now.</summary>
    internal ILoggerFactory Factory => _factory ?? (_early ??= LoggerFactory.Create(logging => logging.AddSimpleConsole()));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => Inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => Inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Inner.Log(logLevel, eventId, state, exception, formatter);

    ILogger Inner => _inner ?? Factory.CreateLogger(name);
}
