using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Modular;

/// <summary>ASP.NET's developer page, for the developer alone.</summary>
static class DeveloperPage
{
    /// <summary>
    /// Puts it around what comes next. Who is not at this machine gets the plain 500, also when the application listens on every address; in production everybody does.
    /// </summary>
    internal static void Use(WebApplication host, ILogger logger)
    {
        if (LocalPeer.Production(host.Services) is { } reason)
        {
            Log.PageStaysOff(logger, reason);
            host.Use(next => http => HideAsync(http, next, logger));
            return;
        }
        host.UseDeveloperExceptionPage();
        host.Use(next => http => LocalPeer.Is(http) ? next(http) : HideAsync(http, next, logger));
    }

    static async Task HideAsync(HttpContext http, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(http);
        }
        catch (Exception error) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            Log.Unhandled(logger, error, http.Request.Path.ToString(), http.Request.Method);
            http.Response.Clear();
            await ErrorPage.Of(new HttpException(StatusCodes.Status500InternalServerError)).WriteAsync(http, http.RequestAborted);
        }
    }
}
