namespace Modular;

/// <summary>The container and the hosted services of an application that is mounted in another host, or used by a script.</summary>
sealed class OwnServices : IAsyncDisposable
{
    readonly ModularApp _app;
    readonly ServiceProvider _provider;
    readonly HostedServices _hosted;
    readonly Lock _starting = new();
    AsyncServiceScope? _around;
    Task? _start;

    /// <param name="foreign">The services of a request in the host that the application is mounted in; null without a host.</param>
    internal OwnServices(ModularApp app, IServiceProvider? foreign)
    {
        var isDevelopment = app.Debug || foreign?.GetService<IHostEnvironment>()?.IsDevelopment() is true;
        (_app, _provider) = (app, Defaults.Build(app.Setup, isDevelopment));
        _hosted = new(_provider);
        try
        {
            Pipeline = app.Setup.Freeze(_provider, Around(foreign), ownsRequestServices: false);
        }
        catch
        {
            _around?.Dispose();
            _provider.Dispose();
            throw;
        }
    }

    internal IServiceProvider Provider => _provider;

    internal RequestPipeline Pipeline { get; }

    internal bool IsStarted => _start is { IsCompletedSuccessfully: true };

    internal Task StartAsync(IServiceProvider? request)
    {
        lock (_starting) return _start ??= StartOnceAsync(request);
    }

    async Task StartOnceAsync(IServiceProvider? request)
    {
        var host = Around(request);
        await _hosted.StartAsync(CancellationToken.None);
        // Not awaited, unlike in a host of their own: app.DisposeAsync() awaits what takes time.
        host?.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(() => _ = EndAsync());
        Pipeline.Use(_app.Setup.Middleware, host is null ? _provider : new MountedServices(_provider, host));
    }

    async Task EndAsync()
    {
        try
        {
            await _app.EndOwnServices();
        }
        catch (Exception error)
        {
            CoreLog.EndFailed(_app.Logger, error);
        }
    }

    IServiceProvider? Around(IServiceProvider? request) =>
        (_around ??= request?.GetService<IServiceScopeFactory>()?.CreateAsyncScope())?.ServiceProvider;

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (IsStarted) await _hosted.StopAsync(CancellationToken.None);
        }
        finally
        {
            if (_around is { } around) await around.DisposeAsync();
            await _provider.DisposeAsync();
        }
    }
}

sealed class HostedServices(IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>()) await service.StartAsync(cancellationToken);
    }

    /// <summary>Stops all, the last one first, also when one fails.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Callback.RunAll(services.GetServices<IHostedService>().Reverse()
        .Select(service => (Func<ValueTask>)(() => new(service.StopAsync(cancellationToken)))));
}
