using Microsoft.Extensions.Logging;

namespace Modular.Logging;

/// <summary>The log messages of this package.</summary>
static partial class LoggingLog
{
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path}{Query} responded {Status} with {Bytes} bytes in {Elapsed} ms " +
        "({Endpoint}, {RemoteAddr}, {RequestId})", EventName = "Request")]
    internal static partial void Structured(
        ILogger logger, string method, string path, string query, int status, long bytes, double elapsed,
        string? endpoint, string remoteAddr, string requestId);

    [LoggerMessage(2, LogLevel.Information, "{Method} {Path}{Query} responded {Status} with {Bytes} bytes in {Elapsed} ms " +
        "({Endpoint}, {RemoteAddr}, {RequestId}) {Headers}", EventName = "RequestWithHeaders")]
    internal static partial void WithHeaders(
        ILogger logger, string method, string path, string query, int status, long bytes, double elapsed,
        string? endpoint, string remoteAddr, string requestId, string headers);

    [LoggerMessage(3, LogLevel.Information, "{RemoteAddr} - {User} [{Time}] \"{Request}\" {Status} {Bytes}", EventName = "CommonLog")]
    internal static partial void Common(ILogger logger, string remoteAddr, string user, string time, string request, int status,
        string bytes);

    [LoggerMessage(4, LogLevel.Information, "{RemoteAddr} - {User} [{Time}] \"{Request}\" {Status} {Bytes} \"{Referrer}\" \"{UserAgent}\"",
        EventName = "CombinedLog")]
    internal static partial void Combined(
        ILogger logger, string remoteAddr, string user, string time, string request, int status, string bytes,
        string referrer, string userAgent);

    [LoggerMessage(5, LogLevel.Warning, "{Method} {Path} took {Elapsed} ms, more than {Limit} ms ({Endpoint}, {RequestId})",
        EventName = "SlowRequest")]
    internal static partial void Slow(ILogger logger, string method, string path, double elapsed, double limit, string? endpoint,
        string requestId);
}
