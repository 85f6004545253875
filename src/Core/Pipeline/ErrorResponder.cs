using System.Runtime.ExceptionServices;

namespace Modular;

/// <summary>Makes a response of an error: that of its handler, or the default page.</summary>
sealed class ErrorResponder(AppPlan plan)
{
    internal async ValueTask<Response> HandleAsync(RequestContext context, Exception error)
    {
        if (error is BadHttpRequestException bad) error = new HttpException(bad.StatusCode, inner: bad);
        // A view that wrote by itself: nothing else can be answered any more.
        if (context.Http.Response.HasStarted) ExceptionDispatchInfo.Throw(error);
        if (error is HttpException { Response: { } given }) return given;
        error = JsonProblem.OfAccess(context.Request, error) ?? error;
        if (error is MissingKeyException or HttpException { Status: StatusCodes.Status400BadRequest, IsUsual: false })
            CoreLog.BadRequest(plan.Logger, context.Http.Request.Method, context.Path, error.Message);
        if (error is UnreadFormException) CoreLog.FormUnread(plan.Logger, context.Http.Request.Method, context.Path);
        if (HandlerOf(context, error) is { } handler) return await handler(context, error);
        if (error is HttpException http && !plan.Traps(http)) return Page(context, http);
        ExceptionDispatchInfo.Throw(error);
        return null;
    }

    internal async ValueTask<Response> FailureAsync(RequestContext context, HttpException failure)
    {
        var response = Page(context, failure);
        try
        {
            if (HandlerOf(context, failure) is { } handler) response = context.Own(await handler(context, failure));
            return await context.Hooks.After(context, response);
        }
        catch (Exception again)
        {
            CoreLog.FailedAgain(plan.Logger, again);
            return response;
        }
    }

    // A path that no rule matched belongs to the application, unless a blueprint asked for the misses under its prefix.
    ErrorView? HandlerOf(RequestContext context, Exception error)
    {
        if (context.Target is null)
            foreach (var (prefix, chain) in plan.NotFoundChains)
                if (new PathString(context.Path).StartsWithSegments(prefix.TrimEnd('/'), StringComparison.Ordinal))
                    return chain.Errors.Find(error);
        return context.Hooks.Errors.Find(error);
    }

    Response Page(RequestContext context, HttpException error) =>
        plan.Options.NegotiateErrors ? ErrorPage.Of(error, context.Request.Accept) : ErrorPage.Of(error);

    /// <summary>The page of a request that no rule matched, from prepared bytes, when no handler asks for the error; else null.</summary>
    internal Response? Missed(RequestContext context)
    {
        var status = context.Match.Outcome switch { RouteOutcome.NotFound => 404, RouteOutcome.MethodNotAllowed => 405, _ => 0 };
        if (status == 0 || context.RoutingError is not null || plan.NotFoundChains.Count > 0 || plan.Options.NegotiateErrors
            || plan.Options.TrapHttpExceptions || context.Hooks.Errors.HandlesNotFound) return null;
        var page = ErrorPage.Usual(status);
        if (status == 405) page.Headers.Allow = context.Match.Allow;
        return page;
    }
}

/// <summary>Chooses the handler of an error: by status first, then by exception type, each from the inmost scope outwards.</summary>
/// <remarks>A class below <see cref="HttpException"/> says more than its status, so its handler goes before the status's.</remarks>
sealed class ErrorHandlers(BoundHooks[] inmostFirst)
{
    internal bool HandlesNotFound { get; } =
        new[] { 404, 405 }.Any(status => Find(inmostFirst, new HttpException(status)) is not null);

    // The handler to use, or null. Of several types in one scope the nearest base type wins.
    internal ErrorView? Find(Exception error) => Find(inmostFirst, error);

    static ErrorView? Find(BoundHooks[] inmostFirst, Exception error)
    {
        if (error is HttpException http)
            foreach (var scope in inmostFirst)
                if (ByType(scope, error, below: typeof(HttpException)) is { } own) return own;
                else if (scope.ByStatus.TryGetValue(http.Status, out var handler)) return handler;
        foreach (var scope in inmostFirst)
            if (ByType(scope, error, below: null) is { } handler) return handler;
        return null;
    }

    static ErrorView? ByType(BoundHooks scope, Exception error, Type? below)
    {
        for (var type = error.GetType(); type != below; type = type.BaseType!)
            if (scope.ByType.TryGetValue(type, out var handler)) return handler;
        return null;
    }
}
