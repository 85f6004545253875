using System.Runtime.ExceptionServices;

namespace Modular;

/// <summary>The part of the road in which an answer is made: opening, before hooks, view, error handlers, after hooks, and the one write.</summary>
sealed class Answering(AppPlan plan)
{
    internal HookChain HooksOf(RequestState state) => state.Target is ViewTarget target ? target.Hooks : plan.AppHooks;

    internal async Task Answer(RequestContext context, HttpContext http)
    {
        var state = context.State();
        var hooks = HooksOf(state);
        Response? response = null;
        try
        {
            response = await Respond(context, state, hooks);
            if (hooks.HasAfter || state.AfterThis is { Count: > 0 }) response = await After(context, state, hooks, response);
            await response.WriteAsync(http, http.RequestAborted);
        }
        catch (Exception error)
        {
            if (response is { HasToClose: true }) await CloseUnsent(response);
            await AnswerFailure(context, http, error);
        }
    }

    async ValueTask CloseUnsent(Response response)
    {
        try
        {
            await response.CloseAsync();
        }
        catch (Exception again)
        {
            Log.FailedAgain(plan.Logger, again);
        }
    }

    async ValueTask<Response> Respond(RequestContext context, RequestState state, HookChain hooks)
    {
        try
        {
            foreach (var open in plan.EarlyOpeners) await open(context);
            if (hooks.HasBefore && await hooks.Before(context) is { } early) return early;
            if (state.RoutingError is { } miss) return await Handle(context, hooks, miss);
            var target = (ViewTarget)state.Target!;
            if (state.Match.Rule!.ProvidesAutomaticOptions && HttpMethods.IsOptions(state.Http!.Request.Method)) return RoutingFailure.Options(state, plan);
            Guards.Check(state.Http!, target);
            if (!target.ReadsBody && RequestBody.Exists(state.Http!)) await context.Request.ReadBodyAsync(formsOnlyFailNow: true, context.RequestAborted);
            return await target.View(context);
        }
        catch (Exception error)
        {
            return await Handle(context, hooks, error);
        }
    }

    /// <summary>The answer of the error's handler, or the default page; an exception that is no HTTP error and has no handler is thrown on.</summary>
    static async ValueTask<Response> Handle(RequestContext context, HookChain hooks, Exception error)
    {
        if (error is BadHttpRequestException bad) error = new HttpException(bad.StatusCode, inner: bad);
        if (error is HttpException { Response: { } given }) return given;
        if (hooks.FindHandler(error) is { } handler) return await handler(context, error);
        if (error is HttpException http) return ErrorPage.Of(http);
        ExceptionDispatchInfo.Throw(error);
        return null;
    }

    static async ValueTask<Response> After(RequestContext context, RequestState state, HookChain hooks, Response response)
    {
        for (var i = 0; state.AfterThis is not null && AfterThis(state, i) is { } once; i++)       // one may add another
            response = HookChain.Replaced(response, await once(response));
        return await hooks.After(context, response);
    }

    // Tasks that the view started may be adding hooks meanwhile.
    static Func<Response, ValueTask<Response>>? AfterThis(RequestState state, int index)
    {
        lock (state.Gate) return index < state.AfterThis!.Count ? state.AfterThis[index] : null;
    }

    /// <summary>The end of a request that failed in a way nobody handled: a log line, and a 500 that gives nothing away.</summary>
    internal async Task AnswerFailure(RequestContext context, HttpContext http, Exception error)
    {
        var state = context.State();
        state.Unhandled = error;
        if (http.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException) return;
        if (plan.Propagates) ExceptionDispatchInfo.Throw(error);
        Log.Unhandled(plan.Logger, error, http.Request.Path.ToString(), http.Request.Method);
        if (!TryClear(http)) return;
        var failure = new HttpException(500, inner: error);
        var response = await FailureResponse(context, state, failure);
        try
        {
            await response.WriteAsync(http, http.RequestAborted);
        }
        catch (Exception again) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.FailedAgain(plan.Logger, again);
            if (TryClear(http)) await ErrorPage.Of(failure).WriteAsync(http, http.RequestAborted);
        }
    }

    // Once a part of the answer is out, only breaking off is left: the client must not take half an answer for a whole one.
    static bool TryClear(HttpContext http)
    {
        if (http.Response.HasStarted) http.Abort();
        else http.Response.Clear();
        return !http.Response.HasStarted;
    }

    async ValueTask<Response> FailureResponse(RequestContext context, RequestState state, HttpException failure)
    {
        var hooks = HooksOf(state);
        var response = ErrorPage.Of(failure);
        try
        {
            if (hooks.FindHandler(failure) is { } handler) response = await handler(context, failure);
            return await After(context, state, hooks, response);
        }
        catch (Exception again)
        {
            Log.FailedAgain(plan.Logger, again);
            return response;
        }
    }
}
