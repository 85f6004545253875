namespace Modular;

/// <summary>A logger that exists before the application's services do. Until then it writes to the console.</summary>
sealed class LateLogger(LoggerSource source, string category) : ILogger
{
    Made? _made;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => Inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => Inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Inner.Log(logLevel, eventId, state, exception, formatter);

    ILogger Inner => (source.Factory is var factory && _made is { } made && made.Factory == factory ? made
        : _made = new(factory, factory.CreateLogger(category))).Logger;

    // One object, because several requests may log at once.
    sealed record Made(ILoggerFactory Factory, ILogger Logger);
}

/// <summary>The factory behind an application's loggers: another one once it is frozen, and for each host that is built for it.</summary>
sealed class LoggerSource
{
    ILoggerFactory? _attached, _early;

    internal ILoggerFactory Factory => _attached ?? (_early ??= LoggerFactory.Create(logging => logging.AddSimpleConsole()));

    internal void Attach(ILoggerFactory factory)
    {
        _attached = factory;
        _early?.Dispose();
        _early = null;
    }
}
