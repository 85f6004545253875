using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Modular.Debugger;

/// <summary>Answers the console's page and its commands: for local peers, from our own pages, with the secret and, but for the PIN itself, with its cookie. Everybody else sees the application, as if nothing were here.</summary>
sealed class ConsoleEndpoint(ModularApp app, DebuggerOptions options, PinAuthenticator pin, ConsoleSessions sessions, ILogger logger)
{
    internal const string Root = "/_modular/debugger";
    const int MostBytes = 256 * 1024;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal RequestDelegate Around(RequestDelegate next) => http =>
        http.Request.Path.StartsWithSegments(Root, out var command) ? DeveloperAccess.IsLocal(http) ? AnswerAsync(http, command.Value ?? "") : next(http)
        : options.ConsolePath is { } console && http.Request.Path == console && HttpMethods.IsGet(http.Request.Method) && DeveloperAccess.IsLocal(http) ? ShowConsoleAsync(http)
        : next(http);

    Task ShowConsoleAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(ConsolePage.Of(app, PageFrame.For(http, app, options.ReloadPages, pin, ConsoleSessions.Console)), http.RequestAborted);
    }

    async Task AnswerAsync(HttpContext http, string command)
    {
        PageFrame.Protect(http.Response);
        if (RequestGuard.Refusal(http.Request) is { } refusal) await RefuseAsync(http, refusal, "This is for the debugger's own pages.");
        else if (await ReadAsync(http.Request) is not { } entry) await RefuseAsync(http, StatusCodes.Status400BadRequest, "This is no command.");
        else if (!pin.IsSecret(entry.Secret)) await RefuseAsync(http, StatusCodes.Status403Forbidden, "This page is of another run of the program. Load it anew.");
        else if (command == "/pin") await TryPinAsync(http, entry.Pin);
        else if (!pin.IsTicket(http.Request.Cookies[PageFrame.CookieName(app)])) await RefuseAsync(http, StatusCodes.Status401Unauthorized, "The PIN is needed.");
        else if (sessions.Find(entry.Session) is not { } session) await RefuseAsync(http, StatusCodes.Status410Gone, "This page is no longer kept. Load it anew.");
        else await RunAsync(http, command, session, entry);
    }

    async Task TryPinAsync(HttpContext http, string? entered)
    {
        var answer = pin.Try(entered);
        if (answer == PinAnswer.Right)
        {
            http.Response.Cookies.Append(PageFrame.CookieName(app), pin.MakeTicket(), new()
            {
                HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = pin.Lifetime, Path = http.Request.PathBase.Add(Root).ToUriComponent(), IsEssential = true,
            });
            await http.Response.WriteAsJsonAsync(new { }, Json, http.RequestAborted);
            return;
        }
        if (answer == PinAnswer.NowLocked) DebuggerLog.Locked(logger);
        await RefuseAsync(http, StatusCodes.Status403Forbidden, answer == PinAnswer.Wrong
            ? "This is not the PIN. It stands in the terminal that the program was started in."
            : $"After {PinAuthenticator.MostFailures} wrong PINs the console is locked, until the program is started anew.");
    }

    static async Task RunAsync(HttpContext http, string command, ConsoleSession session, Entry entry)
    {
        var code = entry.Code ?? "";
        object? answer = command switch
        {
            "/run" => await session.RunAsync(code, http.RequestAborted),
            "/complete" => await session.CompleteAsync(code, Math.Clamp(entry.Position, 0, code.Length), http.RequestAborted),
            "/expand" => await session.ExpandAsync(entry.Id, http.RequestAborted),
            "/cancel" => Cancel(session),
            _ => null,
        };
        if (answer is null) await RefuseAsync(http, StatusCodes.Status404NotFound, "There is no such command.");
        else await http.Response.WriteAsJsonAsync(answer, Json, http.RequestAborted);
    }

    static object Cancel(ConsoleSession session)
    {
        session.Cancel();
        return new { };
    }

    static Task RefuseAsync(HttpContext http, int status, string error)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status405MethodNotAllowed) http.Response.Headers.Allow = "POST";
        return http.Response.WriteAsJsonAsync(new { error }, Json, http.RequestAborted);
    }

    static async Task<Entry?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes) return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        try
        {
            return await request.ReadFromJsonAsync<Entry>(Json, request.HttpContext.RequestAborted);
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>What a command carries; each reads what it needs.</summary>
    sealed record Entry(string? Secret, string? Pin, string? Session, string? Code, int Position, int Id);
}
