using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Modular.Debugger;

/// <summary>
/// Serves the console's page and its commands, only to local peers, from the debugger's pages, with the secret and, except for the PIN
/// command, with the PIN's cookie. Other clients get the application's response.
/// </summary>
sealed class ConsoleEndpoint(ModularApp app, DebuggerOptions options, PinAuthenticator pin, ConsoleSessions sessions, ILogger logger)
{
    internal const string Root = "/_modular/debugger";
    const int MostBytes = 256 * 1024;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal RequestDelegate Around(RequestDelegate next) => http =>
        http.Request.Path.StartsWithSegments(Root, out var command) ? DeveloperAccess.IsLocal(http) ? AnswerAsync(http, command.Value ?? "")
            : next(http)
        : options.ConsolePath is { } console && http.Request.Path == console && HttpMethods.IsGet(http.Request.Method)
            && DeveloperAccess.IsLocal(http) ? ShowConsoleAsync(http)
        : next(http);

    Task ShowConsoleAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(ConsolePage.Of(app, PageFrame.For(http, app, options.ReloadPages, pin, ConsoleSessions.Console)),
            http.RequestAborted);
    }

    async Task AnswerAsync(HttpContext http, string command)
    {
        PageFrame.Protect(http.Response);
        if (RequestGuard.Refusal(http.Request) is { } refusal)
            await RefuseAsync(http, refusal, "Only the debugger's pages can send this request.");
        else if (await ReadAsync(http.Request) is not { } entry)
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "This isn't a valid command.");
        else if (!pin.IsSecret(entry.Secret))
            await RefuseAsync(http, StatusCodes.Status403Forbidden, "This page is from another run of the program. Reload it.");
        else if (command == "/pin") await TryPinAsync(http, entry.Pin);
        else if (!pin.IsTicket(http.Request.Cookies[PageFrame.CookieName(app)]))
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "The PIN is required.");
        else if (sessions.Find(entry.Session) is not { } session)
            await RefuseAsync(http, StatusCodes.Status410Gone, "This page is no longer available. Reload it.");
        else await RunAsync(http, command, session, entry);
    }

    async Task TryPinAsync(HttpContext http, string? entered)
    {
        var answer = pin.Try(entered);
        if (answer == PinAnswer.Right)
        {
            http.Response.Cookies.Append(PageFrame.CookieName(app), pin.MakeTicket(), new()
            {
                HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, IsEssential = true,
                MaxAge = pin.Lifetime, Path = http.Request.PathBase.Add(Root).ToUriComponent(),
            });
            await http.Response.WriteAsJsonAsync(new { }, Json, http.RequestAborted);
            return;
        }
        if (answer == PinAnswer.NowLocked) DebuggerLog.Locked(logger);
        await RefuseAsync(http, StatusCodes.Status403Forbidden, answer == PinAnswer.Wrong
            ? "The PIN is wrong. The terminal that started the program shows it."
            : $"After {PinAuthenticator.MostFailures} wrong PINs the console is locked until the program is restarted.");
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
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytes;
        try
        {
            return await request.ReadFromJsonAsync<Entry>(Json, request.HttpContext.RequestAborted);
        }
        catch (Exception error) when (error is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The fields of a command. Each command reads the fields that it needs.</summary>
    sealed record Entry(string? Secret, string? Pin, string? Session, string? Code, int Position, int Id);
}
