using System.Collections.Concurrent;

namespace Modular.Caching.Tests;

/// <summary>Applications whose pages say how often a view ran.</summary>
sealed class CountingApp
{
    int _count;

    internal CountingApp(CachingOptions? options = null)
    {
        App = new ModularApp();
        App.UseCaching(options);
        App.Services.AddSingleton<TimeProvider>(Clock);
        App.Services.AddSingleton<ILoggerProvider>(Log);
        App.Services.AddLogging(logging => logging.AddFilter("Modular.Caching", LogLevel.Debug));
    }

    internal ModularApp App { get; }
    internal TestClock Clock { get; } = new();
    internal LogLines Log { get; } = new();

    internal string Next() => $"page {Interlocked.Increment(ref _count)}";
}

/// <summary>A log whose lines can be read.</summary>
sealed class LogLines : ILoggerProvider, ILogger
{
    internal ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));

    public void Dispose()
    {
    }
}

static class Asking
{
    internal static async Task<string> TextAsync(this TestClient client, string path, params (string, string)[] headers) =>
        (await client.GetAsync(path, new() { Headers = headers })).Text;
}
