using System.Runtime.ExceptionServices;

namespace Modular;

/// <summary>The part of the road in which an answer is made: opening, before hooks, view, error handlers, after hooks, and the one write.</summary>
sealed class Answering(AppPlan plan)
{
    internal HookChain HooksOf(RequestState state) => state.Target is ViewTarget target ? target.Hooks : plan.AppHooks;

    /// <summary>The whole answer. Without before hooks, and with a view, plugins that save and a server that do not wait, it is made without a state machine.</summary>
    internal Task Answer(RequestContext context, HttpContext http)
    {
        var state = context.State();
        var hooks = HooksOf(state);
        if (hooks.HasBefore || state.RoutingError is not null) return AnswerInSteps(context, state, http, hooks, null);
        ValueTask<Response> view;
        try
        {
            view = RunView(context, state, http);
        }
        catch (Exception error)
        {
            view = ValueTask.FromException<Response>(error);
        }
        if (!view.IsCompletedSuccessfully || state.AfterThis is { Count: > 0 }) return AnswerInSteps(context, state, http, hooks, view);
        return hooks.HasAfter ? SendAfter(context, http, hooks, view.Result) : Send(context, http, view.Result);
    }

    /// <param name="started">The view, when it runs already.</param>
    async Task AnswerInSteps(RequestContext context, RequestState state, HttpContext http, HookChain hooks, ValueTask<Response>? started)
    {
        Response? response = null;
        try
        {
            Exception? failure = null;
            try
            {
                if (hooks.HasBefore) response = await hooks.Before(context);
                if (response is null && (failure = state.RoutingError) is null) response = await (started ?? RunView(context, state, http));
            }
            catch (Exception error)
            {
                failure = error;
            }
            response ??= await Handle(context, hooks, failure!);
            if (hooks.HasAfter || state.AfterThis is { Count: > 0 }) response = await After(context, state, hooks, response);
            await Write(response, http);
        }
        catch (Exception error)
        {
            await FailSending(context, http, response, error);
        }
    }

    Task SendAfter(RequestContext context, HttpContext http, HookChain hooks, Response response)
    {
        ValueTask<Response> after;
        try
        {
            after = hooks.After(context, response);
        }
        catch (Exception error)
        {
            return FailSending(context, http, response, error);
        }
        return after.IsCompletedSuccessfully ? Send(context, http, after.Result) : FinishAfter(context, http, response, after);
    }

    async Task FinishAfter(RequestContext context, HttpContext http, Response response, ValueTask<Response> after)
    {
        try
        {
            response = await after;
            await Write(response, http);
        }
        catch (Exception error)
        {
            await FailSending(context, http, response, error);
        }
    }

    Task Send(RequestContext context, HttpContext http, Response response)
    {
        try
        {
            var write = Write(response, http);
            return write.IsCompletedSuccessfully ? Task.CompletedTask : FinishSending(context, http, response, write);
        }
        catch (Exception error)
        {
            return FailSending(context, http, response, error);
        }
    }

    async Task FinishSending(RequestContext context, HttpContext http, Response response, ValueTask write)
    {
        try
        {
            await write;
        }
        catch (Exception error)
        {
            await FailSending(context, http, response, error);
        }
    }

    async Task FailSending(RequestContext context, HttpContext http, Response? response, Exception error)
    {
        if (response is { HasToClose: true }) await CloseUnsent(response);
        await AnswerFailure(context, http, error);
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

    // Not async itself: most requests have no body to wait for.
    ValueTask<Response> RunView(RequestContext context, RequestState state, HttpContext http)
    {
        var target = (ViewTarget)state.Target!;
        if (state.Match.Rule!.ProvidesAutomaticOptions && HttpMethods.IsOptions(http.Request.Method)) return new(RoutingFailure.Options(state, plan));
        if (target.IsGuarded) Guards.Check(http, target);
        if (!RequestBody.Exists(http)) return target.View(context);
        if (!target.ReadsBody) return ReadBodyFirst(context, http, target.View);
        RequestBody.Bound(http, context.Request.Limits, plan.Time);
        return target.View(context);
    }

    static async ValueTask<Response> ReadBodyFirst(RequestContext context, HttpContext http, View view)
    {
        await context.Request.ReadBodyAsync(failsLater: true, http.RequestAborted);
        return await view(context);
    }

    /// <summary>The answer of the error's handler, or the default page; an exception that is no HTTP error and has no handler is thrown on.</summary>
    async ValueTask<Response> Handle(RequestContext context, HookChain hooks, Exception error)
    {
        if (error is BadHttpRequestException bad) error = new HttpException(bad.StatusCode, inner: bad);
        // A view that wrote by itself: nothing else can be answered any more.
        if (context.Http.Response.HasStarted) ExceptionDispatchInfo.Throw(error);
        if (error is HttpException { Response: { } given }) return given;
        if (ErrorHandlerOf(context, hooks, error) is { } handler) return await handler(context, error);
        if (error is HttpException http && !IsTrapped(http)) return Page(context, http);
        ExceptionDispatchInfo.Throw(error);
        return null;
    }

    // A path that no rule matched belongs to the application, unless a blueprint asked for the misses under its prefix.
    ErrorView? ErrorHandlerOf(RequestContext context, HookChain hooks, Exception error)
    {
        var state = context.State();
        if (state.Target is null)
            foreach (var (prefix, chain) in plan.MissChains)
                if (IsUnder(state.Path, prefix)) return chain.FindHandler(error);
        return hooks.FindHandler(error);
    }

    static bool IsUnder(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || prefix.EndsWith('/') || path[prefix.Length] == '/');

    bool IsTrapped(HttpException error) => plan.Options.TrapHttpExceptions
        || (error.Status == 400 && (plan.Options.TrapBadRequestErrors ?? (plan.IsDebug && error is MissingKeyException)));

    Response Page(RequestContext context, HttpException error) =>
        plan.Options.NegotiateErrors ? ErrorPage.Of(error, context.Request.Accept) : ErrorPage.Of(error);

    // A text or bytes are written at once, which the server ends by itself when the client is gone; the token would cost a feature.
    ValueTask Write(Response response, HttpContext http)
    {
        WarnOfCookies(response);
        return response.WriteAsync(http, response.IsStreamed ? http.RequestAborted : CancellationToken.None);
    }

    void WarnOfCookies(Response response)
    {
        if (response.TooLargeCookie is { } cookie)
            Log.LargeCookie(plan.Logger, cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie.Length, Response.MaxCookieSize);
    }

    static async ValueTask<Response> After(RequestContext context, RequestState state, HookChain hooks, Response response)
    {
        for (var i = 0; state.AfterThis is not null && AfterThis(context, state, i) is { } once; i++)       // one may add another
            response = HookChain.Replaced(response, await once(response));
        return await hooks.After(context, response);
    }

    // Tasks that the view started may be adding hooks meanwhile.
    static Func<Response, ValueTask<Response>>? AfterThis(RequestContext context, RequestState state, int index)
    {
        using (state.Hold(context, nameof(RequestContext.AfterThisRequest))) return index < state.AfterThis!.Count ? state.AfterThis[index] : null;
    }

    /// <summary>The end of a request that failed in a way nobody handled: a log line, and a 500 that gives nothing away.</summary>
    internal async Task AnswerFailure(RequestContext context, HttpContext http, Exception error)
    {
        var state = context.State();
        state.Unhandled = error;
        var isCut = http.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException;
        if (isCut && BoundedBody.ClientLeft(http)) return;
        if (!isCut) plan.ExceptionListeners?.Invoke(context, error);
        if (isCut || plan.Propagates) ExceptionDispatchInfo.Throw(error);        // a time-out is answered by its middleware
        Log.Unhandled(plan.Logger, error, http.Request.Path.ToString(), http.Request.Method);
        if (!TryClear(http)) return;
        var failure = new HttpException(500, inner: error);
        var response = await FailureResponse(context, state, failure);
        WarnOfCookies(response);
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
        if (!http.Response.HasStarted)
        {
            http.Response.Clear();
            return true;
        }
        if (!http.WebSockets.IsWebSocketRequest) http.Abort();         // a socket has said already why it is closed
        return false;
    }

    async ValueTask<Response> FailureResponse(RequestContext context, RequestState state, HttpException failure)
    {
        var hooks = HooksOf(state);
        var response = Page(context, failure);
        try
        {
            if (ErrorHandlerOf(context, hooks, failure) is { } handler) response = await handler(context, failure);
            return await After(context, state, hooks, response);
        }
        catch (Exception again)
        {
            Log.FailedAgain(plan.Logger, again);
            return response;
        }
    }
}
