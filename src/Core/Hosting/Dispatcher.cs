using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular;

/// <summary>The road of a request, from the server's delegate to its last byte.</summary>
sealed class Dispatcher : ContextOwner
{
    readonly AppPlan _plan;
    readonly Answering _answering;
    readonly IReadOnlyList<Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>>> _layers;
    readonly ProxyHint _hint;
    readonly RequestDelegate? _around;
    readonly Lock _starting = new();
    RequestDelegate? _middleware;
    Task? _start;
    volatile bool _isStarted;

    /// <param name="plan">The frozen application.</param>
    /// <param name="middleware">ASP.NET's middleware that <c>app.Use</c> put between matching and the view, outermost first.</param>
    /// <param name="around">What plugins put around the whole road, outermost first.</param>
    internal Dispatcher(AppPlan plan, IReadOnlyList<Func<IServiceProvider, Func<RequestDelegate, RequestDelegate>>> middleware,
        IReadOnlyList<Func<RequestDelegate, RequestDelegate>> around)
    {
        (_plan, _layers) = (plan, middleware);
        _answering = new(plan);
        _hint = new(plan.Logger);
        if (around.Count > 0) _around = around.Reverse().Aggregate((RequestDelegate)Walk, (next, layer) => layer(next));
        Links = new(plan);
    }

    internal AppPlan Plan => _plan;

    /// <summary>Builds URLs.</summary>
    internal Links Links { get; }

    /// <summary>What plugins put around the road, and the road.</summary>
    internal Task Dispatch(HttpContext http) => _around is null ? Walk(http) : _around(http);

    /// <summary>The whole road. Only this method may set the local: an awaited one could not hand it to its caller.</summary>
    async Task Walk(HttpContext http)
    {
        _hint.Look(http);
        var context = Push(http);
        var state = context.State();
        var mounted = _plan.OwnsRequestServices ? null : new MountedRequest(http, context);
        if (_plan.Watchers.Find is { } find) state.Watcher = find(http);
        try
        {
            Match(http, state);
            if (_middleware is null) await _answering.Answer(context, http);
            else await _middleware(http);
        }
        catch (Exception error) when (_middleware is not null && state.Unhandled != error)
        {
            await _answering.AnswerFailure(context, http, error);      // the middleware's own
        }
        finally
        {
            if (state.Watcher is { } watcher) await Answered(watcher, context, state);
            mounted?.Leave(http);
            await End(context, state);
        }
    }

    async ValueTask Answered(RequestWatcher watcher, RequestContext context, RequestState state)
    {
        if (_plan.Propagates && state.Unhandled is not null) return;
        try
        {
            await watcher.Answered(context);
        }
        catch (Exception error)
        {
            Log.TeardownFailed(_plan.Logger, error);
        }
    }

    /// <summary>True when requests may be answered; before, the middleware and the hosted services of a mounted application have to be started.</summary>
    internal bool IsStarted => _isStarted;

    /// <summary>Makes ready to answer in a host, which starts the hosted services.</summary>
    /// <param name="host">Services beside the application's own, which live as long as it does.</param>
    internal void Start(IServiceProvider? host)
    {
        if (_layers.Count > 0)
        {
            IServiceProvider services = host is null ? _plan.Services : new MountedServices(_plan.Services, host);
            RequestDelegate next = http => _answering.Answer(Locals.Need(nameof(Locals.Context)), http);
            foreach (var layer in _layers.Reverse()) next = layer(services)(next);
            _middleware = next;
        }
        _isStarted = true;
    }

    /// <summary>The road of a request that may be the first one of an application without a host of its own.</summary>
    internal async Task StartAndDispatch(HttpContext http)
    {
        Task start;
        lock (_starting) start = _start ??= StartMounted(http.RequestServices);
        await start;
        await Dispatch(http);
    }

    async Task StartMounted(IServiceProvider? request)
    {
        var host = request?.GetService<IServiceScopeFactory>()?.CreateScope().ServiceProvider;      // outlives the first request
        var hosted = new HostedServices(_plan.Services);
        await hosted.StartAsync(CancellationToken.None);
        // Nobody waits for them, as a host of their own would: what a service does at once is done.
        host?.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(() => _ = hosted.StopAsync(CancellationToken.None));
        Start(host);
    }

    /// <summary>A context by hand: matched, but without hooks.</summary>
    internal ContextScope Scope(HttpContext? http)
    {
        var context = MakeContext(http);
        if (http is not null) Match(http, context.State());
        return new ContextScope(context, End);
    }

    /// <summary>Makes a context current. It ends with <see cref="End(RequestContext)"/>.</summary>
    RequestContext Push(HttpContext? http)
    {
        var context = MakeContext(http);
        Locals.Context = context;
        return context;
    }

    /// <summary>A context of this application that is not current yet.</summary>
    internal RequestContext MakeContext(HttpContext? http)
    {
        var state = RequestState.Rent();
        if (!ReferenceEquals(state.App, this)) state.App = this;
        if (http is null) state.Match = default;
        else state.Http = http;
        return new RequestContext(state);
    }

    /// <summary>Finds the rule, and tells ASP.NET's middleware of it.</summary>
    internal void Match(HttpContext http, RequestState state)
    {
        state.Path = RequestPath.ForRouting(http);
        if (_plan.TrustedHosts.Count > 0 && !RequestHost.IsTrusted(RequestHost.Of(http), _plan.TrustedHosts))
        {
            (state.Match, state.RoutingError) = (default, new HttpException(400, "This host is not trusted."));
            return;
        }
        if (_plan.MatchesPlace) MatchPlace(http, state);
        else _plan.Routes.Match(new RouteQuery(state.Path, http.Request.Method), out state.Match);
        if (state.Match.Outcome == RouteOutcome.Found)
        {
            state.Target = _plan.Routes.ValueOf(state.Match.Rule!);
            SetEndpoint(http, state.Target.AspNet);
        }
        else state.RoutingError = RoutingFailure.Of(http, state, _plan, Links);
    }

    // As ASP.NET's own extension, which looks the feature up in a dearer way.
    static void SetEndpoint(HttpContext http, Endpoint? endpoint)
    {
        if (http.Features[typeof(IEndpointFeature)] is IEndpointFeature feature) feature.Endpoint = endpoint;
        else http.SetEndpoint(endpoint);
    }

    // Hosts, subdomains and WebSockets decide too, in applications that have rules for them.
    void MatchPlace(HttpContext http, RequestState state)
    {
        var place = Links.Bind(state, http);
        if (place.IsForeignHost) Log.ForeignHost(_plan.Logger, RequestHost.Of(http), _plan.Options.ServerName);
        _plan.Routes.Match(place.Query(state.Path), out state.Match);
    }

    internal ValueTask End(RequestContext context) => context.HasEnded ? default : End(context, context.State());

    ValueTask End(RequestContext context, RequestState state)
    {
        if (state.Scope is not null || _answering.HooksOf(state).HasTeardown) return TearDown(context, state);
        context.Detach();
        state.Return();
        return default;
    }

    async ValueTask TearDown(RequestContext context, RequestState state)
    {
        try
        {
            await _answering.HooksOf(state).Teardown(context, state.Unhandled);
            if (state.Scope is { } scope) await scope.DisposeAsync();
        }
        catch (Exception error)
        {
            Log.TeardownFailed(_plan.Logger, error);
        }
        finally
        {
            context.Detach();
            state.Return();
        }
    }

    internal override TimeSpan? StaticMaxAge => _plan.Options.SendFileMaxAge;

    internal override IReadOnlyList<(object Slot, Func<RequestContext, object> Open)> Openers => _plan.Openers;

    internal override T? Open<T>(Slot<T> slot, RequestContext context) where T : class
    {
        foreach (var opener in _plan.Openers)
            if (ReferenceEquals(opener.Slot, slot)) return (T)opener.Open(context);
        return null;
    }

    internal override ValueTask OpenSlots(RequestContext context) => _answering.HooksOf(context.State()).Open(context);

    internal override ValueTask Save(RequestContext context, Response response) => _answering.HooksOf(context.State()).Save(context, response);

    internal override Request MakeRequest(HttpContext http, RequestState state)
    {
        var context = state.Owner!;
        return new(http, (state.Target as ViewTarget)?.Limits ?? _plan.Options.Limits)
        {
            OpenFiles = _plan.FormFiles is null ? null : OpenFiles(context),
            Time = _plan.Time,
            Endpoint = state.Target?.Name,
            Rule = state.Target is null ? null : state.Match.Rule,
            BlueprintNames = state.Target?.Blueprints ?? [],
            ViewArgsSource = () => context.ViewArgs,
            RoutingException = state.RoutingError,
            JsonOptions = _plan.Json,
        };
    }

    // Apart, so that requests of applications without it pay nothing.
    Func<IFormFileTaker> OpenFiles(RequestContext context) => () => _plan.FormFiles!(context);

    internal override IServiceProvider OpenServices(RequestState state)
    {
        if (_plan.OwnsRequestServices && state.Http is { } http) return http.RequestServices;
        var scope = _plan.Services.CreateAsyncScope();
        state.Scope = scope;
        return state.Http is null ? scope.ServiceProvider : new MountedServices(scope.ServiceProvider, MountedRequest.ServicesAround(state.Http));
    }
}
