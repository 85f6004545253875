using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular;

/// <summary>Why there is no application to answer.</summary>
readonly record struct Failure(string Title, string Text);

/// <summary>Answers in the application's place while it cannot be built or started. The page reloads itself when the application is back.</summary>
static class FailurePage
{
    /// <exception cref="ModularException">The address cannot be listened on.</exception>
    internal static IDisposable Serve(ListenAddress address, Failure failure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = Environments.Development });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();     // the reloader alone hears Ctrl-C
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            address.Configure(kestrel);
        });
        var host = builder.Build();
        host.Use(PageReload.Around);
        host.Run(http => SendAsync(http, failure));
        try
        {
            AppHost.Listen(host, address);
            return host;
        }
        catch
        {
            ((IDisposable)host).Dispose();
            throw;
        }
    }

    // The text names files of this machine, and is for its user alone.
    static Task SendAsync(HttpContext http, Failure failure)
    {
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        http.Response.Headers.CacheControl = "no-store";
        if (!LocalPeer.Is(http) || LocalPeer.Production(null) is not null) return Task.CompletedTask;
        var isBrowser = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        http.Response.ContentType = isBrowser ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        return http.Response.WriteAsync(isBrowser ? Html(failure) : $"{failure.Title}\n\n{failure.Text}\n", http.RequestAborted);
    }

    static string Html(Failure failure) => Markup.Format(
        $$"""
        <!doctype html>
        <html lang="en">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>{{failure.Title}}</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 3rem auto; padding: 0 1rem }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border-left: 4px solid #c33; background: #8882 }
        </style>
        <h1>{{failure.Title}}</h1>
        <pre>{{failure.Text}}</pre>
        <p>This page goes away by itself with the next change that works.</p>
        """).ToString();

    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
