using Microsoft.Extensions.Logging;

namespace Modular.Debugger;

/// <summary>
/// The middleware around the application. It shows unhandled exceptions on a page to clients on this machine. Other clients get the
/// application's 500.
/// </summary>
sealed class ErrorLayer(ModularApp app, DebuggerOptions options, PinAuthenticator pin, ConsoleSessions? sessions, ILogger logger)
{
    static readonly ExceptionPropagation Propagation = new();
    readonly FactReader _facts = new(app, new(options.Masked));

    /// <summary>Wraps the application. It respects an explicit <c>PropagatesExceptions</c>.</summary>
    internal RequestDelegate Around(RequestDelegate next) => app.PropagatesExceptions is null ? http => WatchAsync(http, next) : next;

    /// <summary>Records the data of a failure before its request ends. An error in it must not hide the failure.</summary>
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
        var isLocal = DeveloperAccess.IsLocal(http);        // before inner middleware changes the address
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
        var failure = http.Features.Get<Failure>() is { } kept && ReferenceEquals(kept.Error, error)
            ? kept
            : _facts.ReadWithoutContext(http, error);
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
        if (failure.Format == Format.Html)
            text = ErrorPage.Of(report, PageFrame.For(http, app, options.ReloadPages, pin, sessions?.Add(failure)));
        else PageFrame.Protect(http.Response);
        await http.Response.WriteAsync(text, http.RequestAborted);
    }
}
