using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>What a view answers: a status, headers and a body.</summary>
/// <remarks>Belongs to one request; not safe to share between threads.</remarks>
/// <example><code>
/// var response = new Response("a,b\n", contentType: "text/csv; charset=utf-8");
/// response.SetCookie("seen", "1");
/// </code></example>
public sealed partial class Response
{
    const string Html = "text/html; charset=utf-8";

    int _status = 200;
    bool _saysStatus;
    object? _owner;

    // Kept apart until somebody asks for the dictionary, so that a plain answer needs none.
    string? _contentType;
    HeaderDictionary? _headers;

    /// <summary>Text, sent as UTF-8.</summary>
    /// <param name="body">The text.</param>
    /// <param name="status">100 to 999.</param>
    /// <param name="contentType">The header verbatim. Null means <c>text/html; charset=utf-8</c>.</param>
    public Response(string body = "", int status = 200, string? contentType = null)
        : this(status, contentType) => _text = body;

    /// <summary>Bytes.</summary>
    /// <param name="body">The bytes; they are not copied.</param>
    /// <param name="status">100 to 999.</param>
    /// <param name="contentType">The header verbatim. Null means <c>text/html; charset=utf-8</c>.</param>
    public Response(ReadOnlyMemory<byte> body, int status = 200, string? contentType = null)
        : this(status, contentType) => _bytes = body;

    /// <inheritdoc cref="Response(ReadOnlyMemory{byte}, int, string?)"/>
    public Response(byte[] body, int status = 200, string? contentType = null)
        : this(body.AsMemory(), status, contentType)
    {
    }

    /// <summary>Whatever the stream gives from where it stands. It is disposed when the response was sent, or could not be.</summary>
    /// <param name="body">A stream that can seek is sent with its length, and in ranges when the response is conditional.</param>
    /// <param name="status">100 to 999.</param>
    /// <param name="contentType">The header verbatim. Null means <c>text/html; charset=utf-8</c>.</param>
    public Response(Stream body, int status = 200, string? contentType = null)
        : this(status, contentType) => _streamed = new StreamBody(body);

    /// <summary>Pieces of text, each sent as soon as it is there.</summary>
    /// <param name="body">Read once, while the response is being sent.</param>
    /// <param name="status">100 to 999.</param>
    /// <param name="contentType">The header verbatim. Null means <c>text/html; charset=utf-8</c>.</param>
    public Response(IAsyncEnumerable<string> body, int status = 200, string? contentType = null)
        : this(status, contentType) => _streamed = new TextPieces(body);

    /// <summary>Pieces of bytes, each sent as soon as it is there.</summary>
    /// <param name="body">Read once, while the response is being sent.</param>
    /// <param name="status">100 to 999.</param>
    /// <param name="contentType">The header verbatim. Null means <c>text/html; charset=utf-8</c>.</param>
    public Response(IAsyncEnumerable<ReadOnlyMemory<byte>> body, int status = 200, string? contentType = null)
        : this(status, contentType) => _streamed = new BytePieces(body);

    internal Response(StreamedBody body, string contentType)
        : this(200, contentType) => _streamed = body;

    /// <summary>An answer of ASP.NET's own kind. A status and headers that are set here win over those that it writes.</summary>
    /// <param name="result">Such as <c>Results.Accepted()</c>. <see cref="Status"/> is the one that it tells; 200 for one of your own that is no <see cref="IStatusCodeHttpResult"/>.</param>
    public Response(IResult result)
    {
        var body = new ResultBody(result);
        (_streamed, _status) = (body, body.Status);
    }

    /// <summary>The answer of a view that wrote it itself, as one on a WebSocket: nothing is left to send, but for the headers when it did not even start.</summary>
    /// <param name="status">What the view set, which an after hook may read.</param>
    internal static Response Written(int status) => new(status, null) { _streamed = new TextPieces(AsyncEnumerable.Empty<string>()), _contentType = null };

    Response(int status, string? contentType)
    {
        if (status != 200) Status = status;
        _contentType = contentType ?? Html;
    }

    /// <summary>The status code, 100 to 999. Default 200.</summary>
    /// <exception cref="ModularException">The number has not three digits.</exception>
    public int Status
    {
        get => _status;
        set
        {
            if (value is < 100 or > 999) throw new ModularException(string.Create(CultureInfo.InvariantCulture, $"{value} is no HTTP status code. Use a number of three digits, such as 200 or 404."));
            (_status, _saysStatus) = (value, true);
            if (_streamed is ResultBody result) result.HasGivenStatus = true;
        }
    }

    /// <summary>False when it belongs to another request. The first one that asks owns it.</summary>
    internal bool TryOwn(object request) => Interlocked.CompareExchange(ref _owner, request, null) is not { } owner || owner == request;

    /// <summary>Takes over a status that middleware has set, as <c>UseExceptionHandler</c> does, unless the response says one of its own. An <see cref="IResult"/> sets its own.</summary>
    internal void TakeStatus(int status)
    {
        if (!_saysStatus && status is not 200 and >= 100 and <= 999 && _streamed is not ResultBody) _status = status;
    }

    /// <summary>The header, verbatim; null sends none. Default <c>text/html; charset=utf-8</c>.</summary>
    public string? ContentType
    {
        get => _headers is null ? _contentType : (string?)_headers[HeaderNames.ContentType];
        set
        {
            if (_headers is null) _contentType = value;
            else _headers[HeaderNames.ContentType] = value;
        }
    }

    /// <summary>The content type without its parameters, lower-case. Setting it adds <c>; charset=utf-8</c> to the types of text.</summary>
    public string? MimeType
    {
        get => ContentType is { } type ? MediaType.WithoutParameters(type) : null;
        set => ContentType = value is null ? null : MediaType.WithCharset(value);
    }

    /// <summary>
    /// All headers. <c>Content-Length</c> is written from the body's real length wherever that is known. Headers of one connection, such as <c>Connection</c>,
    /// <c>Transfer-Encoding</c> and those that <c>Connection</c> names, are not sent, because the server writes its own (RFC 9110 §7.6.1).
    /// </summary>
    public IHeaderDictionary Headers => _headers ??= new HeaderDictionary { [HeaderNames.ContentType] = _contentType };

    /// <summary>The same headers as objects, written and read by ASP.NET: <c>CacheControl</c>, <c>ContentDisposition</c>, <c>Expires</c>, <c>LastModified</c>…</summary>
    public ResponseHeaders TypedHeaders => new(Headers);

    /// <summary>What time it is for cookies.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>A page: the text as <c>text/html</c>.</summary>
    [return: NotNullIfNotNull(nameof(body))]
    public static implicit operator Response?(string? body) => body is null ? null : new(body);

    /// <summary>A page.</summary>
    [return: NotNullIfNotNull(nameof(body))]
    public static implicit operator Response?(Markup? body) => body is null ? null : new(body.ToString());

    /// <summary>Bytes, as <c>text/html</c> until said otherwise.</summary>
    [return: NotNullIfNotNull(nameof(body))]
    public static implicit operator Response?(byte[]? body) => body is null ? null : new(body);

    /// <summary>A page with a status.</summary>
    public static implicit operator Response((string Body, int Status) answer) => new(answer.Body, answer.Status);

    /// <summary>A page with a status.</summary>
    public static implicit operator Response((Markup Body, int Status) answer) => new(answer.Body.ToString(), answer.Status);

}
