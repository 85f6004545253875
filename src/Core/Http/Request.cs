namespace Modular;

/// <summary>The request that is being answered, under Flask's names.</summary>
/// <remarks>
/// Each part is read when it is first looked at, and then kept. Not safe to share between threads. Usable until the request has ended:
/// a task that outlives its request gets an error instead of another request's data.
/// </remarks>
public sealed partial class Request
{
    HttpContext? _http;

    internal Request(HttpContext http, BodyLimits limits) => (_http, Limits) = (http, limits);

    /// <summary>ASP.NET's own view of the request, with all its features.</summary>
    public HttpContext Http => _http ?? throw new ModularException(
        "Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view.");

    /// <summary>How large this request's body may be. A BeforeRequest hook may set others than the application's.</summary>
    public BodyLimits Limits { get => Live(field); set; }

    /// <summary>The endpoint that the path leads to; null when no rule matched.</summary>
    public string? Endpoint { get => Live(field); internal set; }

    /// <summary>The matched rule; null when none did.</summary>
    public Rule? Rule { get => Live(field); internal set; }

    /// <summary>The values that the rule's variables got, by name; null when no rule matched.</summary>
    public IReadOnlyDictionary<string, object?>? ViewArgs => Live(field) ?? (field = ViewArgsSource?.Invoke());

    internal Func<IReadOnlyDictionary<string, object?>?>? ViewArgsSource { get; set; }

    /// <summary>Why no view could be chosen (404, 405, a redirect); null when one was. It is thrown where the view would run.</summary>
    public HttpException? RoutingException => Live(RoutingExceptionSource?.Invoke());

    internal Func<HttpException?>? RoutingExceptionSource { get; init; }

    /// <summary>The blueprint of the endpoint, as <c>admin</c> or <c>admin.users</c>; null for one of the application itself.</summary>
    public string? Blueprint => Blueprints is [var inmost, ..] ? inmost : null;

    /// <summary>The blueprint and those around it, the innermost first: <c>admin.users</c>, <c>admin</c>.</summary>
    public IReadOnlyList<string> Blueprints =>
        [.. Live(BlueprintNames).Select((_, index) => string.Join('.', BlueprintNames.Take(BlueprintNames.Count - index)))];

    /// <summary>The names of the blueprints around the endpoint, outermost first.</summary>
    internal IReadOnlyList<string> BlueprintNames { get; set; } = [];

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

    /// <summary>The host as the client says, with its port unless that is the scheme's own; empty when it is missing or no host.</summary>
    public string Host => RequestHost.Of(Http);

    /// <summary>The path that the application is mounted at, as <c>/app</c>; empty when it has the host for itself.</summary>
    public string ScriptRoot => (Http.Request.PathBase.Value ?? "").TrimEnd('/');

    /// <summary>The whole address, for people: what can be read is not encoded. Without a host it begins with the path.</summary>
    public string Url => RequestUrl.Build(Scheme, Host, ScriptRoot, Path, QueryString);

    /// <summary>The address without its query.</summary>
    public string BaseUrl => RequestUrl.Build(Scheme, Host, ScriptRoot, Path);

    /// <summary>The address of the application's root, as <c>http://example.com/app/</c>.</summary>
    public string UrlRoot => RequestUrl.Build(Scheme, Host, ScriptRoot);

    /// <summary>The address of the host's root, as <c>http://example.com/</c>.</summary>
    public string HostUrl => RequestUrl.Build(Scheme, Host, "");

    internal void End() => _http = null;

    // Gives back a value that is already at hand, unless the request has ended.
    T Live<T>(T value) => Http is null ? default! : value;

    /// <summary>As <c>GET http://example.com/a?b=c</c>, for logs.</summary>
    public override string ToString() => _http is null ? "a request that has ended" : $"{Method} {Url}";
}
