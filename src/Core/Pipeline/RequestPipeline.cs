namespace Modular;

/// <summary>A request: context, match, middleware, before hooks, view, errors, after hooks, BeforeSend, one write, teardown.</summary>
/// <remarks>
/// After each await the code below reaches the server's context only through the <see cref="RequestContext"/>, so that an abandoned
/// pipeline stops when the request has ended.
/// </remarks>
sealed class RequestPipeline
{
    readonly RequestMatcher _matcher;
    readonly ErrorResponder _errors;
    readonly bool _isWrapped;
    RequestDelegate? _middleware;

    // Plugins put layers around the pipeline, outermost first. Code that wraps it may abandon a request.
    internal RequestPipeline(AppPlan plan, IReadOnlyList<Func<RequestDelegate, RequestDelegate>> around, bool isWrapped)
    {
        (Plan, Urls, _errors, _isWrapped) = (plan, new(plan), new(plan), isWrapped || around.Count > 0);
        _matcher = new(plan, Urls);
        App = around.Reverse().Aggregate((RequestDelegate)InvokeAsync, (next, layer) => layer(next));
    }

    internal AppPlan Plan { get; }
    internal IRequestObserver? Observer { get; private set; }
    internal UrlBuilder Urls { get; }
    internal RequestDelegate App { get; }

    // One request. Only this method may set the local, because a value set in an awaited method doesn't reach its caller.
    async Task InvokeAsync(HttpContext http)
    {
        var context = new RequestContext(this, http)
        {
            Middleware = _middleware is null ? null : new(http.Features.Get<IStatusCodePagesFeature>()),
            Writing = _middleware is null && !_isWrapped ? null : new(),
        };
        if (!Plan.OwnsRequestServices) context.Mounted = new(http, context);
        Locals.Context = context;
        if (_isWrapped)
        {
            Guards.Forget(http);       // outer middleware has only seen its own endpoint, if any
            http.Response.OnCompleted(EndWithServer, context);
        }
        try
        {
            _matcher.Match(context, http);
            await (_middleware is null ? AnswerAsync(context) : _middleware(http));
        }
        catch (Exception error) when (!context.IsAbandoned)
        {
            await FailAsync(context, error);
        }
        finally
        {
            await EndAsync(context, http);
        }
    }

    // The innermost middleware calls this as next. It throws unhandled exceptions, so that middleware sees them.
    async Task AnswerAsync(RequestContext context)
    {
        Response? response = null;
        Exception? failure = null;
        try
        {
            try
            {
                if (context.Hooks.HasBefore && await context.Hooks.Before(context) is { } early) response = context.Own(early);
                if (context.IsAbandoned) throw RequestContext.Ended(nameof(context.Http));
                if (response is null && context.Target is null) failure = Missed(context);
                else response ??= context.Own(await ViewAsync(context, context.Target!));
            }
            catch (Exception error) when (!context.IsAbandoned)
            {
                failure = error;
            }
            if (failure is not null) response = context.Own(await _errors.HandleAsync(context, failure));
            response!.TakeStatus(context.Http.Response.StatusCode);
            if (context.Hooks.HasAfter || context.HasAfterThis) response = await context.Hooks.After(context, response);
            await WriteAsync(context, response);
        }
        catch (Exception error)
        {
            if (context.Middleware is { } middleware) middleware.Failure = error;
            if (response is not null) await Logged(response.CloseAsync());
            throw;
        }
    }

    // Not thrown, because an exception costs more than a page, and scanners request many paths that don't exist.
    HttpException? Missed(RequestContext context)
    {
        // Without a rule, the error page would become a 404 that hides the error. The handler then throws the error.
        if (context.Middleware is not null && context.Match.Outcome == RouteOutcome.NotFound
            && context.Http.Features.Get<IExceptionHandlerPathFeature>() is not null) throw new ModularException(
                $"UseExceptionHandler sends errors to {context.Http.Request.Path}, but no rule matches that path."
                + " Add a rule for it, or write the path of another one.");
        return RoutingErrorOf(context);
    }

    ValueTask<Response> ViewAsync(RequestContext context, ViewEndpoint target)
    {
        var http = context.Http;
        if (context.Match.Rule!.ProvidesAutomaticOptions && HttpMethods.IsOptions(http.Request.Method))
            return new(_matcher.Options(context));
        if (target.IsGuarded) Guards.Check(http, target);
        if (!RequestBody.Exists(http)) return target.View(context);
        if (!target.ReadsBody) return ReadBodyFirst(context, target.View);
        RequestBody.Bound(context.Request);
        return target.View(context);
    }

    static async ValueTask<Response> ReadBodyFirst(RequestContext context, View view)
    {
        await context.Request.ReadBodyAsync(failsLater: true, context.RequestAborted);
        return await view(context);
    }

    Task WriteAsync(RequestContext context, Response response)
    {
        if (response.TooLargeCookie is { } cookie)
            CoreLog.LargeCookie(Plan.Logger, cookie.Split('=')[0], cookie.Length, Response.MaxCookieSize);
        return context.Writing is { } guard ? WriteAsync(context, response, guard) : SendAsync(context, response);
    }

    static async Task WriteAsync(RequestContext context, Response response, OneAtATime guard)
    {
        if (!guard.TryBegin()) throw RequestContext.Ended(nameof(context.Http));
        try
        {
            await SendAsync(context, response);
        }
        finally
        {
            guard.End();
        }
    }

    // Reading the token allocates, and buffered bytes don't need it: the server ends the write when the client disconnects.
    static Task SendAsync(RequestContext context, Response response) =>
        response.WriteAsync(context.Http, response.IsStreamed ? context.Http.RequestAborted : CancellationToken.None);

    async Task FailAsync(RequestContext context, Exception error)
    {
        var http = context.Http;
        context.Middleware?.LeaveByException(http);
        if (context.Middleware is { } middleware && error != middleware.Failure && !http.Response.HasStarted)
        {
            // The middleware's own error is handled as a view's.
            try
            {
                await WriteAsync(context, await context.Hooks.After(context, await _errors.HandleAsync(context, error)));
                return;
            }
            catch (Exception again) when (!context.IsAbandoned)
            {
                error = again;
            }
        }
        context.Unhandled = error;
        var isCut = http.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException;
        if (isCut && BoundedBody.ClientLeft(http)) return;
        if (!isCut) Plan.ExceptionListeners?.Invoke(context, error);
        if (isCut || Propagates(http)) ExceptionDispatchInfo.Throw(error);        // the time-out middleware handles a time-out
        CoreLog.Unhandled(Plan.Logger, error, http.Request.Path.ToString(), http.Request.Method);
        if (!TryClear(http)) return;
        var failure = new HttpException(500, inner: error);
        try
        {
            await WriteAsync(context, await _errors.FailureAsync(context, failure));
        }
        catch (Exception again) when (!context.IsAbandoned && !http.RequestAborted.IsCancellationRequested)
        {
            CoreLog.FailedAgain(Plan.Logger, again);
            if (TryClear(http)) await WriteAsync(context, ErrorPage.Of(failure));
        }
    }

    bool Propagates(HttpContext http) => Plan.Propagates ?? http.Features.Get<ExceptionPropagation>() is not null;

    // A half-sent response is aborted, because the client must not use it as a whole one.
    static bool TryClear(HttpContext http)
    {
        var isClear = !http.Response.HasStarted;
        if (isClear) http.Response.Clear();
        else if (!http.WebSockets.IsWebSocketRequest) http.Abort();         // a WebSocket has already sent its close code
        return isClear;
    }

    // An abandoned request ends at the latest when the server completes its response.
    static async Task EndWithServer(object state)
    {
        var context = (RequestContext)state;
        if (context.HasEnded) return;
        Locals.Context = context;
        await context.Pipeline.EndAsync(context, context.ServerContext!);
    }

    ValueTask EndAsync(RequestContext context, HttpContext http)
    {
        Task? unfinished = null;
        if (context.Writing?.TryClose(out unfinished) is false) return default;
        if (unfinished is not null || context.IsReading || Observer is not null || context.Hooks.HasTeardown || context.Scope is not null)
            return TearDownAsync(context, http, unfinished);
        Leave(context, http);
        context.End();
        return default;
    }

    async ValueTask TearDownAsync(RequestContext context, HttpContext http, Task? unfinished)
    {
        if (unfinished is not null)
        {
            http.Abort();       // middleware abandoned the request in the middle of the response
            await unfinished;
        }
        if (context.IsReading) await context.StopReading();
        if (Observer is { } observer && !(context.Unhandled is not null && Propagates(http))) await Logged(observer.OnAnswered(context));
        Leave(context, http);
        await EndAsync(context);
    }

    static void Leave(RequestContext context, HttpContext http)
    {
        context.Middleware?.End(http.Request);
        context.Mounted?.Leave(http);
    }

    async ValueTask EndAsync(RequestContext context)
    {
        if (context.HasEnded) return;
        await Logged(context.Hooks.Teardown(context, context.Unhandled));
        if (context.Scope is { } scope) await Logged(scope.DisposeAsync());
        context.End();
    }

    async ValueTask Logged(ValueTask step)
    {
        try
        {
            await step;
        }
        catch (Exception error)
        {
            CoreLog.TeardownFailed(Plan.Logger, error);
        }
    }

    internal HttpException? RoutingErrorOf(RequestContext context) => _matcher.ErrorOf(context);

    internal void Use(IReadOnlyList<Action<IApplicationBuilder>> middleware, IServiceProvider services)
    {
        Observer = services.GetService<IRequestObserver>();
        var seen = new HashSet<string>();
        var builder = new MiddlewareBuilder(new ApplicationBuilder(services), this, seen);
        foreach (var configure in middleware) configure(builder);
        Guards.CheckStart(Plan, seen, services);
        if (middleware.Count == 0) return;
        builder.Run(Innermost);
        _middleware = builder.Build();
    }

    internal RequestDelegate Enter(RequestDelegate middleware, RequestDelegate next) => http =>
    {
        var context = Locals.Need(nameof(Locals.Context));
        _matcher.MatchAgain(context, http);
        context.Middleware!.Next = next;
        return middleware(http);
    };

    Task Innermost(HttpContext http)
    {
        var context = Locals.Need(nameof(Locals.Context));
        if (!http.Response.HasStarted) return AnswerAsync(context.Restarted());
        // The client already has a response. It would read another one as the rest of the first.
        CoreLog.AnsweredAgain(Plan.Logger, http.Request.Path.ToString());
        return Task.CompletedTask;
    }

    internal ContextScope Scope(HttpContext? http)
    {
        var context = new RequestContext(this, http);
        if (http is not null) _matcher.Match(context, http);
        return new ContextScope(context, EndAsync);
    }

    internal IServiceProvider OpenServices(RequestContext context, HttpContext? http)
    {
        if (Plan.OwnsRequestServices && http is not null) return http.RequestServices;
        var scope = Plan.Services.CreateAsyncScope();
        context.Scope = scope;
        return http is null ? scope.ServiceProvider : new MountedServices(scope.ServiceProvider, MountedRequest.ServicesAround(http));
    }
}
