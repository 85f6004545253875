using Microsoft.AspNetCore.Builder;

namespace Modular;

/// <summary>ASP.NET's developer page, for the developer alone.</summary>
static class DeveloperPage
{
    /// <summary>Puts it around what comes next. Who is not at this machine gets the plain 500, also when the application listens on every address.</summary>
    internal static void Use(WebApplication host, ModularApp app)
    {
        host.UseDeveloperExceptionPage();
        host.Use(next => http => LocalPeer.Is(http) ? next(http) : HideAsync(http, next, app));
    }

    static async Task HideAsync(HttpContext http, RequestDelegate next, ModularApp app)
    {
        try
        {
            await next(http);
        }
        catch (Exception error) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            Log.Unhandled(app.Logger, error, http.Request.Path.ToString(), http.Request.Method);
            http.Response.Clear();
            await ErrorPage.Of(new HttpException(StatusCodes.Status500InternalServerError)).WriteAsync(http, http.RequestAborted);
        }
    }
}
