namespace Modular;

public sealed partial class Request
{
    /// <summary>All headers. Names are case-insensitive.</summary>
    public IHeaderDictionary Headers => Http.Request.Headers;

    /// <summary>The headers as objects: <c>IfNoneMatch</c>, <c>Range</c>, <c>CacheControl</c>… A malformed one is null or empty.</summary>
    public RequestHeaders TypedHeaders => Http.Request.GetTypedHeaders();

    /// <summary>The cookies that the client sent.</summary>
    public MultiDict Cookies => Live(field) ?? (field = RequestCookies.Parse(Headers.Cookie));

    /// <summary>The type of the body as sent, with its parameters; null when not sent.</summary>
    public string? ContentType => Http.Request.ContentType;

    /// <summary>The type of the body in lower case without parameters, as <c>text/html</c>; empty when not sent.</summary>
    public string MimeType => MediaType.Bare(ContentType) ?? "";

    /// <summary>The parameters of the body's type, by lower-case name: <c>charset</c>, <c>boundary</c>.</summary>
    public IReadOnlyDictionary<string, string> MimeTypeParameters => Live(field) ?? (field = MediaType.Parameters(ContentType));

    /// <summary>The length of the body in bytes, as stated by the client; null without one, such as for a chunked body.</summary>
    public long? ContentLength => Http.Request.ContentLength;

    /// <summary>The <c>User-Agent</c> header: the client's program; null when not sent.</summary>
    public string? UserAgent => Header(HeaderNames.UserAgent);

    /// <summary>The page that linked here (the <c>Referer</c> header); null when not sent.</summary>
    public string? Referrer => Header(HeaderNames.Referer);

    /// <summary>Scheme and host of the page that made this request; null when not sent.</summary>
    public string? Origin => Header(HeaderNames.Origin);

    /// <summary>The media types that the client accepts.</summary>
    public AcceptHeader Accept => Live(field) ?? (field = AcceptHeader.OfTypes(Headers.Accept));

    /// <summary>The languages that the client's user reads.</summary>
    public AcceptHeader AcceptLanguages => Live(field) ?? (field = AcceptHeader.OfLanguages(Headers.AcceptLanguage));

    /// <summary>The client's credentials; null without valid ones in the header. They haven't been checked.</summary>
    public AuthorizationHeader? Authorization => AuthorizationHeader.Parse(Header(HeaderNames.Authorization));

    /// <summary>The client's address, such as <c>127.0.0.1</c>; null on a Unix socket.</summary>
    public string? RemoteAddr =>
        Http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    /// <summary>The addresses in <c>X-Forwarded-For</c>, the client's first; without the header only <see cref="RemoteAddr"/>.</summary>
    /// <remarks>Any client can send the header. Trust only the last addresses, one for each of your proxies.</remarks>
    public IReadOnlyList<string> AccessRoute =>
        Headers.GetCommaSeparatedValues("X-Forwarded-For") is { Length: > 0 } route ? route : RemoteAddr is { } address ? [address] : [];

    // Several headers of one name are one list, RFC 9110 §5.3.
    string? Header(string name) => Http.Request.Headers[name] is { Count: > 0 } values ? string.Join(',', values.ToArray()) : null;
}
