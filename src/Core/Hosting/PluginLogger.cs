namespace Modular;

/// <summary>A plugin's logger: its category is the plugin's id, and it writes to where the application's logger writes.</summary>
sealed class PluginLogger(AppLogger app, string id) : ILogger
{
    Made? _made;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => Inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => Inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Inner.Log(logLevel, eventId, state, exception, formatter);

    // The factory changes when the application is frozen, and again for each host that is built for it.
    ILogger Inner
    {
        get
        {
            var factory = app.Factory;
            if (_made is { } made && made.Factory == factory) return made.Logger;
            return (_made = new(factory, factory.CreateLogger(id))).Logger;
        }
    }

    sealed record Made(ILoggerFactory Factory, ILogger Logger);
}
