using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Logging;

namespace Modular.Logging;

/// <summary>
/// The middleware around the application. It opens the scope, measures the request, and logs the line after the last byte.
/// </summary>
sealed class RequestLogger(LoggingOptions options, ILogger logger, TimeProvider clock)
{
    readonly Redaction _redaction = new(options);
    readonly RequestIds _ids = new(options);
    readonly string[] _leftOut = [.. options.Except.Where(path => !path.EndsWith('*'))];
    readonly string[] _leftOutBelow = [.. options.Except.Where(path => path.EndsWith('*')).Select(path => path[..^1])];

    internal async Task Answer(HttpContext http, RequestDelegate next)
    {
        var (started, time) = (clock.GetTimestamp(), clock.GetLocalNow());
        var request = Describe(http);
        http.Features.Set(request);
        http.TraceIdentifier = request.Id;
        _ids.Return(http);
        using var scope = logger.BeginScope(request);
        if (!logger.IsEnabled(LogLevel.Warning) || IsLeftOut(http))
        {
            await next(http);
            return;
        }
        var body = Count(http);
        Exception? failure = null;
        try
        {
            await next(http);
        }
        catch (Exception error)
        {
            failure = error;       // the code that handles it also logs it
            throw;
        }
        finally
        {
            http.Features.Set(body.Inner);
            Write(http, request, body.Bytes, StatusOf(http, failure), clock.GetElapsedTime(started), time);
        }
    }

    /// <summary>The scope of a request, even if the request didn't pass this middleware, as in a test.</summary>
    internal RequestLog Describe(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress;
        return new(_ids.Of(http), LogText.Clean(http.Request.Method), LogText.Clean(PathOf(http)),
            remote is null ? null : (remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote).ToString());
    }

    // The original path, including a prefix that a fixer removed.
    static string PathOf(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestFeature>()?.RawTarget is not ['/', ..] target)
            return http.Request.PathBase.Add(http.Request.Path).ToUriComponent();
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    static CountedBody Count(HttpContext http)
    {
        var body = new CountedBody(http.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        http.Features.Set<IHttpResponseBodyFeature>(body);
        return body;
    }

    bool IsLeftOut(HttpContext http)
    {
        if (options.Except.Count == 0) return false;
        var path = RequestPath.PathInfo(http);
        foreach (var start in _leftOutBelow)
            if (path.StartsWith(start, StringComparison.Ordinal)) return true;
        return _leftOut.Contains(path);
    }

    // Web servers log 499 when the client disconnects before a response.
    static int StatusOf(HttpContext http, Exception? failure)
    {
        if (http.Response.HasStarted) return http.Response.StatusCode;
        if (http.RequestAborted.IsCancellationRequested) return StatusCodes.Status499ClientClosedRequest;
        return failure switch
        {
            null => http.Response.StatusCode,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        };
    }

    void Write(HttpContext http, RequestLog request, long bytes, int status, TimeSpan elapsed, DateTimeOffset time)
    {
        var milliseconds = Math.Round(elapsed.TotalMilliseconds, 1);
        var endpoint = request.Endpoint ?? http.GetEndpoint()?.DisplayName;
        if (logger.IsEnabled(LogLevel.Information))
            if (options.Format == RequestLogFormat.Structured) WriteStructured(http, request, bytes, status, milliseconds, endpoint);
            else WriteCommon(http, request, bytes, status, time);
        if (options.SlowerThan is { } limit && elapsed > limit)
            LoggingLog.Slow(logger, request.Method, request.Path, milliseconds, limit.TotalMilliseconds, endpoint, request.Id);
    }

    void WriteStructured(HttpContext http, RequestLog request, long bytes, int status, double elapsed, string? endpoint)
    {
        var query = LogText.Clean(_redaction.Query(http.Request.QueryString.Value ?? ""));
        var remote = request.RemoteAddr ?? "-";
        if (options.Headers.Count == 0)
            LoggingLog.Structured(logger, request.Method, request.Path, query, status, bytes, elapsed, endpoint, remote, request.Id);
        else LoggingLog.WithHeaders(logger, request.Method, request.Path, query, status, bytes, elapsed, endpoint, remote, request.Id,
            HeadersOf(http));
    }

    string HeadersOf(HttpContext http) => string.Join(' ', options.Headers.Where(name => http.Request.Headers.ContainsKey(name))
        .Select(name => $"{name}=\"{LogText.Quotable(_redaction.Header(name, http.Request.Headers[name].ToString()))}\""));

    void WriteCommon(HttpContext http, RequestLog request, long bytes, int status, DateTimeOffset time)
    {
        var user = http.Features.Get<IHttpAuthenticationFeature>()?.User?.Identity?.Name;
        var (remote, name, count) = (request.RemoteAddr ?? "-", LogText.Quotable(user).Replace(' ', '+'),
            bytes == 0 ? "-" : bytes.ToString(CultureInfo.InvariantCulture));
        var line = LogText.Quotable($"{request.Method} {request.Path}{_redaction.Query(http.Request.QueryString.Value ?? "")} " +
            $"{http.Request.Protocol}");
        if (options.Format == RequestLogFormat.Common) LoggingLog.Common(logger, remote, name, TimeText(time), line, status, count);
        else LoggingLog.Combined(logger, remote, name, TimeText(time), line, status, count,
            LogText.Quotable(_redaction.Url(http.Request.Headers.Referer.ToString())),
            LogText.Quotable(http.Request.Headers.UserAgent.ToString()));
    }

    // 10/Oct/2000:13:55:36 -0700
    static string TimeText(DateTimeOffset time)
    {
        var text = time.ToString("dd'/'MMM'/'yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture);
        return text.Remove(text.Length - 3, 1);
    }
}
