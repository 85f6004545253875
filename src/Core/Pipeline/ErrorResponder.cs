using System.Runtime.ExceptionServices;

namespace Modular;

sealed class ErrorResponder(AppPlan plan)
{
    internal async ValueTask<Response> HandleAsync(RequestContext context, Exception error)
    {
        if (error is BadHttpRequestException bad) error = new HttpException(bad.StatusCode, inner: bad);
        if (context.Http.Response.HasStarted) ExceptionDispatchInfo.Throw(error);
        if (error is HttpException { Response: { } given }) return given;
        error = JsonProblem.OfAccess(context.Request, error) ?? error;
        if (error is MissingKeyException or HttpException { Status: StatusCodes.Status400BadRequest, IsUsual: false })
            CoreLog.BadRequest(plan.Logger, context.Http.Request.Method, context.Path, error.Message);
        if (error is UnreadFormException) CoreLog.FormUnread(plan.Logger, context.Http.Request.Method, context.Path);
        if (HandlerOf(context, error) is { } handler) return await handler(context, null, error);
        if (error is HttpException http && !plan.Traps(http)) return Page(context, http);
        ExceptionDispatchInfo.Throw(error);
        return null;
    }

    internal async ValueTask<Response> FailureAsync(RequestContext context, HttpException failure)
    {
        var response = Page(context, failure);
        try
        {
            if (HandlerOf(context, failure) is { } handler) response = context.Own(await handler(context, null, failure));
            return await context.Hooks.After(context, response);
        }
        catch (Exception again)
        {
            CoreLog.FailedAgain(plan.Logger, again);
            return response;
        }
    }

    // A path that no rule matched belongs to the application, unless a blueprint handles them under its prefix.
    Handler? HandlerOf(RequestContext context, Exception error)
    {
        if (context.Target is null)
            foreach (var (prefix, chain) in plan.NotFoundChains)
                if (new PathString(context.Path).StartsWithSegments(prefix.TrimEnd('/'), StringComparison.Ordinal))
                    return chain.Errors.Find(error);
        return context.Hooks.Errors.Find(error);
    }

    Response Page(RequestContext context, HttpException error) =>
        plan.Options.NegotiateErrors ? ErrorPage.Of(error, context.Request.Accept) : ErrorPage.Of(error);
}

/// <summary>Chooses the handler of an error: by status first, then by exception type, each from the innermost scope outwards.</summary>
/// <remarks>A class derived from <see cref="HttpException"/> is more specific than its status, so its handler wins.</remarks>
sealed class ErrorHandlers(BoundHooks[] inmostFirst)
{
    internal Handler? Find(Exception error)
    {
        if (error is HttpException http)
            foreach (var scope in inmostFirst)
                if (ByType(scope, error, below: typeof(HttpException)) is { } own) return own;
                else if (scope.Errors.TryGetValue(http.Status, out var handler)) return handler;
        foreach (var scope in inmostFirst)
            if (ByType(scope, error, below: null) is { } handler) return handler;
        return null;
    }

    static Handler? ByType(BoundHooks scope, Exception error, Type? below)
    {
        for (var type = error.GetType(); type != below; type = type.BaseType!)
            if (scope.Errors.TryGetValue(type, out var handler)) return handler;
        return null;
    }
}
