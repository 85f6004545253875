namespace Modular;

sealed class ErrorResponder(AppPlan plan)
{
    internal async ValueTask<Response> HandleAsync(RequestContext context, Exception error)
    {
        if (error is BadHttpRequestException bad) error = new HttpException(bad.StatusCode, inner: bad);
        if (context.Http.Response.HasStarted) ExceptionDispatchInfo.Throw(error);
        if (error is HttpException { Response: { } given }) return given;
        if (error is not HttpException) error = JsonProblem.OfAccess(context.Request, error) ?? error;
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
                    return chain.ErrorHandler(error);
        return context.Hooks.ErrorHandler(error);
    }

    Response Page(RequestContext context, HttpException error) =>
        plan.Options.NegotiateErrors ? ErrorPage.Of(error, context.Request.Accept) : ErrorPage.Of(error);
}
