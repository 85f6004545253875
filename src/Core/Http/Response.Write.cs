using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Modular;

public sealed partial class Response
{
    /// <summary>True for a default error page, which gives way to ASP.NET's status code pages.</summary>
    internal bool IsDefaultPage { get; private set; }

    internal Response AsDefaultPage()
    {
        IsDefaultPage = true;
        return this;
    }

    /// <summary>Sends the status, the headers and the body, and closes the response. The one write of a request.</summary>
    /// <exception cref="ModularException">A header cannot be sent; nothing was.</exception>
    internal async ValueTask WriteAsync(HttpContext http, CancellationToken cancellation)
    {
        try
        {
            if (IsDefaultPage && http.Features.Get<IStatusCodePagesFeature>() is { Enabled: true }) LeaveToStatusCodePages(http);
            else if (_streamed is not null)
            {
                if (!http.Response.HasStarted) SendHead(http);
                if (_streamed is ResultBody result) await SendResultAsync(http, result);
                else if (SendsBody(http)) await _streamed.SendAsync(http.Response, cancellation);
            }
            else
            {
                SendHead(http);
                if (!SendsBody(http)) return;
                if (_text is not null) await http.Response.WriteAsync(_text, cancellation);
                else
                {
                    await http.Response.StartAsync(cancellation);
                    await http.Response.BodyWriter.WriteAsync(_bytes, cancellation);
                }
            }
        }
        finally
        {
            if (HasToClose) await CloseAsync();
        }
    }

    // UseStatusCodePages writes a page of its own where the answer has neither started nor a type or length.
    void LeaveToStatusCodePages(HttpContext http)
    {
        SendHead(http);
        (http.Response.ContentType, http.Response.ContentLength) = (null, null);
    }

    bool SendsBody(HttpContext http) => HasBody && !HttpMethods.IsHead(http.Request.Method);

    bool HasBody => MayHaveBody(_status);

    // RFC 9110 §6.4.1, and 205, which Kestrel refuses a body too.
    static bool MayHaveBody(int status) => status is >= 200 and not (204 or 205 or 304);

    void SendHead(HttpContext http)
    {
        var target = http.Response;
        if (_headers is not null) HeaderGuard.Check(_headers);
        else if (!ReferenceEquals(_contentType, Html)) HeaderGuard.CheckValue(HeaderNames.ContentType, _contentType);

        target.StatusCode = _status;
        if (_status != 200) NameStatus(http);
        // Of a view that copied it from an upstream: the server frames this body itself.
        if (target.Headers.Count > 0) target.Headers.Remove(HeaderNames.TransferEncoding);
        if (_headers is not null) SendHeaders(_headers, target.Headers);
        else if (_status != 304 && _contentType is not null) target.ContentType = _contentType;

        if (!HasBody) target.ContentLength = _status == 205 ? 0 : null;
        else if ((Length ?? StatedLength) is { } length) target.ContentLength = length;
    }

    long? StatedLength => _headers is null ? null : HeaderGuard.Length(_headers[HeaderNames.ContentLength]);

    void SendHeaders(HeaderDictionary headers, IHeaderDictionary target)
    {
        foreach (var (name, value) in headers)
        {
            if (IsServers(name, headers) || (_status == 304 && DescribesBody(name))) continue;
            if (IsList(name)) target[name] = WithMissing(target[name], value);
            else target[name] = Sendable(name, value);
        }
    }

    // The server's own name for a status is mostly the same; setting it costs the server's ready-made status line.
    void NameStatus(HttpContext http)
    {
        var name = HttpStatus.ReasonPhrase(_status);
        if (name != ReasonPhrases.GetReasonPhrase(_status) && http.Features.Get<IHttpResponseFeature>() is { } feature)
            feature.ReasonPhrase = name;
    }

    // The server writes them: the length is that of the body, and the connection is its own. A 426 has to say what to upgrade to.
    bool IsServers(string name, HeaderDictionary headers) =>
        name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
        || (HopByHop.Is(name, headers) && !(_status == 426 && name.Equals(HeaderNames.Upgrade, StringComparison.OrdinalIgnoreCase)));

    static StringValues Sendable(string name, StringValues value) => HeaderGuard.IsAddress(name) ? Iri.ToUri(value.ToString()) : value;

    // Middleware in front may have set these, and both count.
    static bool IsList(string name) =>
        name.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase)
        || name.Equals(HeaderNames.Vary, StringComparison.OrdinalIgnoreCase);

    // What a client knows already from the answer that it has kept. Expires and Content-Location are news, so they stay.
    static bool DescribesBody(string name) => name.ToLowerInvariant() is
        "allow" or "content-encoding" or "content-language" or "content-length" or "content-md5" or "content-range" or "content-type"
        or "last-modified";
}
