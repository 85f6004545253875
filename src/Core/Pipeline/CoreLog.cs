namespace Modular;

static partial class CoreLog
{
    [LoggerMessage(1, LogLevel.Error, "Exception on {Path} [{Method}]")]
    internal static partial void Unhandled(ILogger logger, Exception error, string? path, string method);
    [LoggerMessage(2, LogLevel.Error, "The response to an exception failed too. The default error page was sent.")]
    internal static partial void FailedAgain(ILogger logger, Exception error);
    [LoggerMessage(3, LogLevel.Error, "Tearing down a request failed.")]
    internal static partial void TeardownFailed(ILogger logger, Exception error);
    [LoggerMessage(4, LogLevel.Warning, "Matching {Path} was stopped after too many steps. The client got a 404.")]
    internal static partial void StepCapReached(ILogger logger, string path);
    [LoggerMessage(5, LogLevel.Warning, "Host {Host} is not under the server name {ServerName}. Rules of the default subdomain are used.")]
    internal static partial void ForeignHost(ILogger logger, string host, string? serverName);
    [LoggerMessage(6, LogLevel.Warning, "Cookie {Name} takes {Size} bytes with its attributes. Browsers ignore cookies over {Limit}."
        + " Keep the value on the server, and only its key in the cookie.")]
    internal static partial void LargeCookie(ILogger logger, string name, int size, int limit);
    [LoggerMessage(20, LogLevel.Error, "Middleware of {Path} called next again after the response had been sent."
        + " Call it once, or again only before anything is written.")]
    internal static partial void AnsweredAgain(ILogger logger, string? path);
    [LoggerMessage(21, LogLevel.Error, "A service of the application failed when the host around it stopped.")]
    internal static partial void EndFailed(ILogger logger, Exception error);
    [LoggerMessage(22, LogLevel.Information, "{Method} {Path} got a 400. {Problem}")]
    internal static partial void BadRequest(ILogger logger, string method, string path, string problem);
    [LoggerMessage(23, LogLevel.Information, "{Method} {Path} got a 415, because nothing reads multipart forms here."
        + " Run dotnet add package Modular.Uploads, and write app.UseUploads().")]
    internal static partial void FormUnread(ILogger logger, string method, string path);
}
