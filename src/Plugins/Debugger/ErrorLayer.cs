using Microsoft.Extensions.Logging;

namespace Modular.Debugger;

/// <summary>Lies around the application, and answers exceptions that come out of it with a page, for who is at this machine. Others get the application's own 500.</summary>
sealed class ErrorLayer(ModularApp app, DebuggerOptions options, PinAuthenticator pin, ConsoleSessions? sessions, ILogger logger)
{
    static readonly ExceptionPropagation Propagation = new();
    readonly FactReader _facts = new(app, new(options.Masked));

    /// <summary>An application that was told where its exceptions go keeps that.</summary>
    internal RequestDelegate Around(RequestDelegate next) => app.PropagatesExceptions is null ? http => WatchAsync(http, next) : next;

    /// <summary>Keeps what is known of a failure while its request is still there. What goes wrong with that must not hide the failure itself.</summary>
    internal void Keep(RequestContext context, Exception error)
    {
        try
        {
            context.Http.Features.Set(_facts.Read(context, error));
        }
        catch (Exception again)
        {
            DebuggerLog.NotRead(logger, again);
        }
    }

    async Task WatchAsync(HttpContext http, RequestDelegate next)
    {
        var isLocal = DeveloperAccess.IsLocal(http);        // before what lies inside changes the address
        if (isLocal) http.Features.Set(Propagation);
        try
        {
            await next(http);
        }
        catch (Exception error) when (isLocal && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            DebuggerLog.Unhandled(logger, error, http.Request.Path.ToString(), http.Request.Method);
            await ShowAsync(http, error);
        }
    }

    async Task ShowAsync(HttpContext http, Exception error)
    {
        var failure = http.Features.Get<Failure>() is { } kept && ReferenceEquals(kept.Error, error) ? kept : _facts.ReadWithoutContext(http, error);
        var report = ErrorReport.Of(failure, app);
        var (type, text) = failure.Format switch
        {
            Format.Html => ("text/html; charset=utf-8", ""),
            Format.Problem => ("application/problem+json", ProblemReport.Of(report)),
            _ => ("text/plain; charset=utf-8", TextReport.Of(report)),
        };
        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        http.Response.ContentType = type;
        http.Response.Headers.Vary = "Accept";
        if (failure.Format == Format.Html) text = ErrorPage.Of(report, PageFrame.For(http, app, options.ReloadPages, pin, sessions?.Add(failure)));
        else PageFrame.Protect(http.Response);
        await http.Response.WriteAsync(text, http.RequestAborted);
    }
}
