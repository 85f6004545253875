namespace Modular;

/// <summary>A view of any shape, bound once: takes the request's context, gives the answer.</summary>
delegate ValueTask<Response> View(RequestContext context);

/// <summary>Runs before the view. A response ends the request there; null goes on.</summary>
delegate ValueTask<Response?> BeforeHook(RequestContext context);

/// <summary>Runs after the view and may replace its response.</summary>
delegate ValueTask<Response> AfterHook(RequestContext context, Response response);

/// <summary>A plugin's last look at the response, to set a cookie or a header.</summary>
/// <param name="Run">Gets the response, and may keep it.</param>
/// <param name="When">Whether it has anything to do for a request. Null: for each one.</param>
readonly record struct SaveHook(Func<RequestContext, Response, ValueTask> Run, Func<RequestContext, bool>? When = null)
{
    internal bool IsFor(RequestContext context) => When is null || When(context);
}

/// <summary>Runs when the request is over, whatever happened. The exception is the one that nobody handled, or null.</summary>
delegate ValueTask TeardownHook(RequestContext context, Exception? error);

/// <summary>Makes a response of an error.</summary>
delegate ValueTask<Response> ErrorView(RequestContext context, Exception error);
