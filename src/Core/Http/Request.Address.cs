namespace Modular;

// Where the request went: method, path and address.
public sealed partial class Request
{
    /// <summary>In upper case, as <c>GET</c>.</summary>
    public string Method => Http.Request.Method.ToUpperInvariant();

    /// <summary>
    /// The path below <see cref="ScriptRoot"/>, decoded once, as <c>/user/John Doe</c>. It starts with one slash.
    /// An encoded slash (<c>%2F</c>) is a slash, and bytes that are no UTF-8 are U+FFFD.
    /// </summary>
    public string Path => Live(field) ?? (field = RequestPath.Decode(Http));

    /// <summary>The path, <c>?</c> and the query as sent; the <c>?</c> is there even without a query.</summary>
    public string FullPath => $"{Path}?{QueryString}";

    /// <summary>The query as sent, without the <c>?</c>; empty when there is none. Its values are in <see cref="Args"/>.</summary>
    public string QueryString => Http.Request.QueryString.Value is ['?', .. var query] ? query : "";

    /// <summary>The values of the query, as <c>?q=word&amp;page=2</c> sends them. Bytes that are no UTF-8 become U+FFFD.</summary>
    public MultiDict Args => Live(field) ?? (field = Modular.QueryString.Parse(Http.Request.QueryString.Value));

    /// <summary>As <c>http</c>. Behind a proxy it is the proxy's only with a fixer in front.</summary>
    public string Scheme => Http.Request.Scheme;

    /// <summary>True for <c>https</c> and <c>wss</c>.</summary>
    public bool IsSecure => Scheme is "https" or "wss";

    /// <summary>
    /// The host that the client asked for, with its port unless that is the scheme's own; empty when the header is missing or no host.
    /// The client can send any name it likes.
    /// </summary>
    public string Host => RequestHost.Of(Http);

    /// <summary>The path that the application is mounted at, as <c>/app</c>; empty when it has the host for itself.</summary>
    public string ScriptRoot => (Http.Request.PathBase.Value ?? "").TrimEnd('/');

    /// <summary>The whole address, as <c>http://example.com/app/page?q=word</c>, for people: what can be read is not encoded. It begins with the path when there is no <see cref="Host"/>.</summary>
    public string Url => RequestUrl.Build(Scheme, Host, ScriptRoot, Path, QueryString);

    /// <summary>The address without its query.</summary>
    public string BaseUrl => RequestUrl.Build(Scheme, Host, ScriptRoot, Path);

    /// <summary>The address of the application's root, as <c>http://example.com/app/</c>.</summary>
    public string UrlRoot => RequestUrl.Build(Scheme, Host, ScriptRoot);

    /// <summary>The address of the host's root, as <c>http://example.com/</c>.</summary>
    public string HostUrl => RequestUrl.Build(Scheme, Host, "");
}
