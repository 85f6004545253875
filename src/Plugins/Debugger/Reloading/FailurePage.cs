using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular.Debugger;

/// <summary>Serves an error page while the application can't be built or started. The page reloads when the application is back.</summary>
static class FailurePage
{
    /// <param name="place">The address of the application.</param>
    /// <param name="title">The step that failed.</param>
    /// <param name="text">The reason.</param>
    /// <returns>Null when the address is in use or not available.</returns>
    internal static IDisposable? Serve(IPEndPoint place, string title, string text)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = Environments.Development });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();     // only the reloader handles Ctrl-C
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(place);
        });
        var host = builder.Build();
        host.Use(PageReload.Around);
        host.Run(http => SendAsync(http, title, text));
        try
        {
            ((IHost)host).Start();
            return host;
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            ((IDisposable)host).Dispose();
            return null;
        }
    }

    // The text contains file paths of this machine, so only local clients get it.
    static Task SendAsync(HttpContext http, string title, string text)
    {
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        http.Response.Headers.CacheControl = "no-store";
        if (!DeveloperAccess.IsLocal(http) || DeveloperAccess.Production(null) is not null) return Task.CompletedTask;
        var isBrowser = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        http.Response.ContentType = isBrowser ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        return http.Response.WriteAsync(isBrowser ? Html(title, text) : $"{title}\n\n{text}\n", http.RequestAborted);
    }

    static string Html(string title, string text) => Functions.Html(
        $$"""
        <!doctype html>
        <html lang="en">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 3rem auto; padding: 0 1rem }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border-left: 4px solid #c33; background: #8882 }
        </style>
        <h1>{{title}}</h1>
        <pre>{{text}}</pre>
        <p>This page reloads when the next change succeeds.</p>
        """).ToString();

    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
