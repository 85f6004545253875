namespace Modular;

/// <summary>A response: a status, headers and a body.</summary>
/// <remarks>Belongs to one request. Not thread-safe.</remarks>
public sealed partial class Response
{
    /// <summary>The longest <c>Set-Cookie</c> header that browsers take, attributes included; RFC 6265 §6.1 requires 4096.</summary>
    public const int MaxCookieSize = 4093;

    const string Html = "text/html; charset=utf-8";

    int _status = 200;
    bool _saysStatus;
    object? _owner;

    // Kept separate until the dictionary is read, so that a plain response doesn't need one.
    string? _contentType;
    HeaderDictionary? _headers;

    /// <summary>Text, sent as UTF-8.</summary>
    /// <param name="contentType">The header verbatim. Null means <c>text/html; charset=utf-8</c>.</param>
    public Response(string body = "", int status = 200, string? contentType = null) : this(status, contentType) => _text = body;

    /// <summary>Bytes; they are not copied.</summary>
    public Response(ReadOnlyMemory<byte> body, int status = 200, string? contentType = null) : this(status, contentType) => _bytes = body;

    /// <summary>The stream from its current position; it is disposed of afterwards. A seekable one supports range requests.</summary>
    public Response(Stream body, int status = 200, string? contentType = null) : this(new StreamBody(body), contentType, status) { }

    /// <summary>Pieces of text, each sent as soon as it is available.</summary>
    public Response(IAsyncEnumerable<string> body, int status = 200, string? contentType = null)
        : this(body.Select(piece => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(piece)), status, contentType) { }

    /// <summary>Pieces of bytes, each sent as soon as it is available.</summary>
    public Response(IAsyncEnumerable<ReadOnlyMemory<byte>> body, int status = 200, string? contentType = null)
        : this(new PiecesBody(body), contentType, status) { }

    /// <summary>An ASP.NET result, such as <c>Results.Accepted()</c>. A status and headers that are set here win.</summary>
    public Response(IResult result) => (_streamed, _status) = (new ResultBody(result), StatusOf(result) ?? 200);

    internal Response(StreamedBody body, string? contentType, int status = 200) : this(status, contentType) => _streamed = body;

    Response(int status, string? contentType)
    {
        if (status != 200) Status = status;
        _contentType = contentType ?? Html;
    }

    internal static Response Written(int status) => new(AsyncEnumerable.Empty<ReadOnlyMemory<byte>>(), status) { _contentType = null };

    /// <summary>The status code, 100 to 999. Default 200.</summary>
    public int Status
    {
        get => _status;
        set => (_status, _saysStatus) = (value is >= 100 and <= 999 ? value : throw new ModularException(string.Create(
            CultureInfo.InvariantCulture, $"{value} isn't an HTTP status code. Use a number of three digits, such as 200 or 404.")), true);
    }

    /// <summary>The <c>Content-Type</c> header, verbatim; null sends none. Default <c>text/html; charset=utf-8</c>.</summary>
    public string? ContentType
    {
        get => _headers is null ? _contentType : (string?)_headers[HeaderNames.ContentType];
        set
        {
            if (_headers is null) _contentType = value;
            else _headers[HeaderNames.ContentType] = value;
        }
    }

    /// <summary>The content type without its parameters, lower-case. Setting it adds <c>; charset=utf-8</c> to text types.</summary>
    public string? MimeType
    {
        get => MediaType.Bare(ContentType);
        set => ContentType = value is null ? null : MediaType.WithCharset(value);
    }

    /// <summary>All headers. <c>Content-Length</c> and those of one connection (RFC 9110 §7.6.1) are set by the server.</summary>
    public IHeaderDictionary Headers => _headers ??= new HeaderDictionary { [HeaderNames.ContentType] = _contentType };

    /// <summary>The same headers as objects: <c>CacheControl</c>, <c>ContentDisposition</c>, <c>Expires</c>, <c>LastModified</c>…</summary>
    public ResponseHeaders TypedHeaders => new(Headers);

    /// <summary>Adds a cookie. A value with spaces, quotes or other scripts is quoted, and <c>Request.Cookies</c> reads it back.</summary>
    /// <param name="options">Default: the whole site, until the browser closes. <c>MaxAge</c> is sent as <c>Expires</c> too.</param>
    public void SetCookie(string name, string value = "", CookieOptions? options = null) =>
        Headers.Append(HeaderNames.SetCookie, Modular.SetCookie.Format(name, value, options ?? new(), TimeProvider.System));

    /// <summary>Deletes a cookie in the browser. The path and domain must be those that it was set with.</summary>
    public void DeleteCookie(string name, CookieOptions? options = null) =>
        SetCookie(name, "", new(options ?? new()) { Expires = DateTimeOffset.UnixEpoch, MaxAge = TimeSpan.Zero });

    internal string? TooLargeCookie => _headers?[HeaderNames.SetCookie].FirstOrDefault(cookie => cookie?.Length > MaxCookieSize);

    internal bool TryOwn(object request) => Interlocked.CompareExchange(ref _owner, request, null) is not { } owner || owner == request;

    /// <summary>Uses the status of middleware, such as <c>UseExceptionHandler</c>, unless the response or its result sets one.</summary>
    internal void TakeStatus(int status)
    {
        if (!_saysStatus && status is not 200 and >= 100 and <= 999 && _streamed is not ResultBody) _status = status;
    }

    /// <summary>A page: the text as <c>text/html</c>.</summary>
    [return: NotNullIfNotNull(nameof(body))]
    public static implicit operator Response?(string? body) => body is null ? null : new(body);

    /// <summary>A page.</summary>
    [return: NotNullIfNotNull(nameof(body))]
    public static implicit operator Response?(Markup? body) => body is null ? null : new(body.ToString());

    /// <summary>Bytes, as <c>text/html</c> by default.</summary>
    [return: NotNullIfNotNull(nameof(body))]
    public static implicit operator Response?(byte[]? body) => body is null ? null : new(body);

    /// <summary>A page with a status.</summary>
    public static implicit operator Response((string Body, int Status) answer) => new(answer.Body, answer.Status);

    /// <summary>A page with a status.</summary>
    public static implicit operator Response((Markup Body, int Status) answer) => new(answer.Body.ToString(), answer.Status);
}
