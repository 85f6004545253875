namespace Modular;

// From set-up to serving: one pipeline for each host that is built for the application, or one with its own services.
public sealed partial class ModularApp
{
    readonly Lock _freezing = new();
    readonly List<RequestPipeline> _hosted = [];
    OwnServices? _own;
    bool _isDisposed;

    /// <summary>Disposes of the services of an application that was mounted or used without a host. A host disposes of its own.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await EndOwnServices();
    }

    internal RequestPipeline FreezeFor(IServiceProvider host, bool? propagatesExceptions)
    {
        lock (_freezing)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var pipeline = _own?.Pipeline ?? _setup.Freeze(host, null, ownsRequestServices: true, propagatesExceptions);
            _isFrozen = true;
            pipeline.Use(_setup.Middleware, _own is null ? host : new MountedServices(_own.Provider, host));
            _hosted.Add(pipeline);
            return pipeline;
        }
    }

    /// <summary>The application frozen for a script, a test or a mount: that of the newest host, or one with its own services.</summary>
    internal RequestPipeline Freeze(IServiceProvider? foreign = null)
    {
        lock (_freezing) return _hosted is [.., var newest] ? newest : Own(foreign).Pipeline;
    }

    internal void Forget(RequestPipeline pipeline)
    {
        lock (_freezing) _hosted.Remove(pipeline);
    }

    // The services of an application that was used before any host was built for it; else null.
    internal IServiceProvider? ServicesOfItsOwn => _own?.Provider;

    internal async ValueTask EndOwnServices()
    {
        OwnServices? own;
        lock (_freezing) (own, _own) = (_own, null);
        if (own is not null) await own.DisposeAsync();
    }

    OwnServices Own(IServiceProvider? foreign)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _own ??= new(this, foreign);
        _isFrozen = true;
        return _own;
    }

    internal bool IsWrapped => AppDelegate != Dispatch;

    internal RequestDelegate DelegateIn(HostedPipeline host) => !IsWrapped ? host.Pipeline!.App : http =>
    {
        http.Features.Set(host);
        return AppDelegate(http);
    };

    // In its own host, the host's pipeline; in another host, the one with the application's own services.
    Task Dispatch(HttpContext http) =>
        http.Features.Get<HostedPipeline>() is { Pipeline: { } hosted } host && host.App == this ? hosted.App(http)
        : _own is { IsStarted: true } own ? own.Pipeline.App(http)
        : StartAndDispatch(http);

    async Task StartAndDispatch(HttpContext http)
    {
        OwnServices own;
        lock (_freezing) own = Own(http.RequestServices);
        await own.StartAsync(http.RequestServices);
        await own.Pipeline.App(http);
    }
}
