using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Modular.Debugger;

/// <summary>
/// Reloads open pages: a script in each HTML page listens to server-sent events of this process, and reloads the page when files change or
/// another process responds.
/// </summary>
static class PageReload
{
    const string Root = "/_modular/reload";
    static readonly string Process = Guid.NewGuid().ToString("N");
    static int _version;
    static TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static string State => string.Create(CultureInfo.InvariantCulture, $"{Process}.{_version}");

    /// <summary>Notifies the pages of a change.</summary>
    internal static void Changed()
    {
        Interlocked.Increment(ref _version);
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>The script element for a page.</summary>
    internal static string Script(HttpContext http) =>
        $"<script src=\"{http.Request.PathBase.ToUriComponent()}{Root}.js?{State}\" async></script>";

    /// <summary>Adds the script to pages, and serves it.</summary>
    internal static RequestDelegate Around(RequestDelegate next) => http =>
        http.Request.Path.Value switch
        {
            Root => ListenAsync(http),
            Root + ".js" => SendScriptAsync(http),
            _ => HttpMethods.IsGet(http.Request.Method) ? SendWithScriptAsync(http, next) : next(http),
        };

    static async Task SendWithScriptAsync(HttpContext http, RequestDelegate next)
    {
        var script = Script(http);
        var server = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var page = new PageStream(server, script, () => IsPage(http.Response));
        http.Response.OnStarting(() =>
        {
            if (IsPage(http.Response)) http.Response.ContentLength += script.Length;
            return Task.CompletedTask;
        });
        var body = new StreamResponseBodyFeature(page, server);
        http.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(http);
            if (body.Writer.UnflushedBytes > 0) await body.Writer.FlushAsync(http.RequestAborted);
            await page.EndAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(server);
        }
    }

    static bool IsPage(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
            && response.Headers.ContentEncoding.Count == 0
        && response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
            or StatusCodes.Status206PartialContent or StatusCodes.Status304NotModified);

    /// <summary>Sends the state now and after each change, until the browser disconnects or the server stops.</summary>
    static async Task ListenAsync(HttpContext http)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            while (true)
            {
                var next = Volatile.Read(ref _next).Task;
                await http.Response.WriteAsync($"retry: 300\ndata: {State}\n\n", over.Token);
                await http.Response.Body.FlushAsync(over.Token);
                await next.WaitAsync(over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed or the server stops, which isn't an error.
        }
    }

    static Task SendScriptAsync(HttpContext http)
    {
        http.Response.ContentType = "text/javascript; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync($$"""
            (script => {
              const shown = script.src.split('?')[1];
              new EventSource(script.src.replace(/\.js\?.*/, '')).onmessage = event => { if (event.data !== shown) location.reload(); };
            })(document.currentScript);
            """, http.RequestAborted);
    }
}
