using Microsoft.AspNetCore.Http.HttpResults;

namespace Modular;

public sealed partial class Response
{
    internal bool IsDefaultPage { get; set; }

    // RFC 9110 §6.4.1, and 205, for which Kestrel also refuses a body.
    bool HasBody => _status is >= 200 and not (204 or 205 or 304);

    internal Task WriteAsync(HttpContext http, CancellationToken cancellationToken) => _streamed is null && _onClose is null
        ? SendAsync(http, cancellationToken) : SendAndCloseAsync(http, cancellationToken);

    Task SendAndCloseAsync(HttpContext http, CancellationToken cancellationToken) =>
        Callback.RunAll([() => new(SendAsync(http, cancellationToken)), CloseAsync]);

    Task SendAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var target = http.Response;
        if (_streamed is null || !target.HasStarted) SendHead(http);
        // UseStatusCodePages writes its page when the response hasn't started and has no type or length.
        if (IsDefaultPage && http.Features.Get<IStatusCodePagesFeature>() is { Enabled: true })
            (target.ContentType, target.ContentLength) = (null, null);
        else if (_streamed is ResultBody) return SendResultAsync(http, cancellationToken);
        else if (HasBody && !HttpMethods.IsHead(http.Request.Method))
            return _streamed is not null ? _streamed.SendAsync(target, cancellationToken)
                : _text is not null ? target.WriteAsync(_text, cancellationToken)
                : target.Body.WriteAsync(_bytes, cancellationToken).AsTask();
        return Task.CompletedTask;
    }

    void SendHead(HttpContext http)
    {
        var target = http.Response;
        if (_headers is not null) HeaderGuard.Check(_headers);
        else if (!ReferenceEquals(_contentType, Html)) HeaderGuard.CheckValue(HeaderNames.ContentType, _contentType);
        SendStatus(http);
        // A view copied it from an upstream server, but this server frames the body itself.
        if (target.Headers.Count > 0) target.Headers.Remove(HeaderNames.TransferEncoding);
        SendHeaders(target);
        if (!HasBody) target.ContentLength = _status == 205 ? 0 : null;
        else target.ContentLength = Length ?? HeaderGuard.Length(_headers?[HeaderNames.ContentLength] ?? default) ?? target.ContentLength;
    }

    // The server's own name for a status is mostly the same; setting it costs the server's ready-made status line.
    void SendStatus(HttpContext http)
    {
        http.Response.StatusCode = _status;
        if (_status != 200 && HttpStatus.ReasonPhrase(_status) is var name && name != ReasonPhrases.GetReasonPhrase(_status)
            && http.Features.Get<IHttpResponseFeature>() is { } feature) feature.ReasonPhrase = name;
    }

    void SendHeaders(HttpResponse target)
    {
        var isUnchanged = target.StatusCode == 304;
        if (_headers is null)
        {
            if (_contentType is not null && !isUnchanged) target.ContentType = _contentType;
            return;
        }
        foreach (var (name, value) in _headers)
        {
            if (IsServers(name) || (isUnchanged && DescribesBody(name))) continue;
            // Earlier middleware, or a result, may have set cookies or a Vary, and both count; the same line isn't sent twice.
            if (HttpToken.Is(name, HeaderNames.SetCookie) || HttpToken.Is(name, HeaderNames.Vary))
                target.Headers[name] = WithMissing(target.Headers[name], value);
            else target.Headers[name] = HeaderGuard.IsAddress(name) ? Iri.ToUri(value.ToString()) : value;
        }
    }

    // The server writes them: the length is that of the body, and the connection is its own. A 426 has to say what to upgrade to.
    bool IsServers(string name) => HttpToken.Is(name, HeaderNames.ContentLength)
        || (HeaderGuard.IsHopByHop(name, _headers!) && !(_status == 426 && HttpToken.Is(name, HeaderNames.Upgrade)));

    static StringValues WithMissing(StringValues there, StringValues ours) =>
        there.Count == 0 ? ours : StringValues.Concat(there, ours.Where(line => !there.Contains(line)).ToArray());

    // Headers that the client has with its cached response. Expires and Content-Location may be new, so they stay.
    static bool DescribesBody(string name) => name.ToLowerInvariant() is
        "allow" or "content-encoding" or "content-language" or "content-length" or "content-md5" or "content-range" or "content-type"
        or "last-modified";

    // The result writes first. Headers set on this response win, because they were set later.
    async Task SendResultAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var target = http.Response;
        var isApplied = target.HasStarted;
        // It writes its body for every method and status, and not every server drops it.
        if (HttpMethods.IsHead(http.Request.Method) || (_saysStatus && !HasBody)) target.Body = Stream.Null;
        if (!isApplied) target.OnStarting(ApplyOnce);
        try
        {
            await _streamed!.SendAsync(target, cancellationToken);
        }
        catch
        {
            isApplied = true;      // the response is now an error
            throw;
        }
        if (!target.HasStarted) await ApplyOnce();

        Task ApplyOnce()
        {
            if (isApplied) return Task.CompletedTask;
            isApplied = true;
            if (_saysStatus) SendStatus(http);
            if (_saysStatus && !HasBody)
            {
                foreach (var name in target.Headers.Keys.Where(DescribesBody).ToArray())
                    if (_status == 304 || !HttpToken.Is(name, HeaderNames.Allow)) target.Headers.Remove(name);
                if (_status == 205) target.ContentLength = 0;
            }
            SendHeaders(target);
            return Task.CompletedTask;
        }
    }

    static int? StatusOf(IResult result) => result switch
    {
        INestedHttpResult { Result: var nested } => StatusOf(nested),
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        RedirectHttpResult redirect => Redirection(redirect.Permanent, redirect.PreserveMethod),
        RedirectToRouteHttpResult redirect => Redirection(redirect.Permanent, redirect.PreserveMethod),
        _ => null,
    };

    static int Redirection(bool isPermanent, bool preservesMethod) => preservesMethod ? (isPermanent ? 308 : 307) : isPermanent ? 301 : 302;
}
