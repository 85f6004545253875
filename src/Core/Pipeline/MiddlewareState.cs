using Microsoft.AspNetCore.Diagnostics;

namespace Modular;

/// <summary>What one request knows of the middleware of <c>app.Use</c> that it runs through.</summary>
/// <param name="pages">The status code pages around the whole application, if any.</param>
sealed class MiddlewareState(IStatusCodePagesFeature? pages)
{
    string? _path, _pathBase, _method, _host, _scheme;
    string? _original;

    internal RequestDelegate Next { get; set; } = null!;
    internal Exception? Failure { get; set; }
    internal List<Request> Earlier { get; } = [];

    internal bool IsMatched(HttpRequest request) =>
        _path == request.Path.Value && _pathBase == request.PathBase.Value && _method == request.Method && _host == request.Host.Value && _scheme == request.Scheme;

    internal void Matched(HttpRequest request, string path)
    {
        if (path.Length > 0 && path != request.Path.Value)
        {
            _original ??= request.Path.Value;
            request.Path = path;
        }
        (_path, _pathBase, _method, _host, _scheme) = (request.Path.Value, request.PathBase.Value, request.Method, request.Host.Value, request.Scheme);
    }

    // A page of errors that no rule answers must not become a 404 that hides the error: the handler then throws the error that it has.
    internal static void RefuseLostHandler(RequestContext context, HttpContext http)
    {
        if (context.Match.Outcome == RouteOutcome.NotFound && http.Features.Get<IExceptionHandlerPathFeature>() is not null) throw new ModularException(
            $"UseExceptionHandler sends errors to {http.Request.Path}, but no rule matches that path. Add a rule for it, or write the path of another one.");
    }

    internal void LeaveByException(HttpContext http) => http.Features.Set(pages);

    internal void End(HttpRequest request)
    {
        if (_original is not null) request.Path = _original;
    }
}
