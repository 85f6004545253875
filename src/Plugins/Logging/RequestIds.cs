using System.Buffers;

namespace Modular.Logging;

/// <summary>The id of a request: the client's valid id, or a new one. The response returns it.</summary>
sealed class RequestIds(LoggingOptions options)
{
    const int Longest = 128;

    static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=@~");

    readonly Func<object, Task> _send = http =>
    {
        var context = (HttpContext)http;
        context.Response.Headers[options.RequestIdHeader!] = context.Features.Get<RequestLog>()!.Id;
        return Task.CompletedTask;
    };

    internal string Of(HttpContext http) =>
        options is { RequestIdHeader: { } header, AcceptRequestId: true }
            && http.Request.Headers[header] is [{ Length: > 0 and <= Longest } sent]
        && !sent.AsSpan().ContainsAnyExcept(Characters) ? sent : Guid.NewGuid().ToString("N");

    /// <summary>Sets the header just before the response starts, so that a replaced response has it too.</summary>
    internal void Return(HttpContext http)
    {
        if (options.RequestIdHeader is not null) http.Response.OnStarting(_send, http);
    }
}
