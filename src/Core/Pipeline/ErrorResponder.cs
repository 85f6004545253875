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
            Log.BadRequest(plan.Logger, context.Http.Request.Method, context.Path, error.Message);
        if (error is UnreadFormException) Log.FormUnread(plan.Logger, context.Http.Request.Method, context.Path);
        if (HandlerOf(context, error) is { } handler) return await handler(context, error);
        if (error is HttpException http && !plan.Traps(http)) return Page(context, http);
        ExceptionDispatchInfo.Throw(error);
        return null;
    }

    // A path that no rule matched belongs to the application, unless a blueprint asked for the misses under its prefix.
    ErrorView? HandlerOf(RequestContext context, Exception error)
    {
        if (context.Target is null)
            foreach (var (prefix, chain) in plan.MissChains)
                if (IsUnder(context.Path, prefix)) return chain.Errors.Find(error);
        return context.Hooks.Errors.Find(error);
    }

    static bool IsUnder(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || prefix.EndsWith('/') || path[prefix.Length] == '/');

    Response Page(RequestContext context, HttpException error) =>
        plan.Options.NegotiateErrors ? ErrorPage.Of(error, context.Request.Accept) : ErrorPage.Of(error);

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
            Log.FailedAgain(plan.Logger, again);
            return response;
        }
    }
}
