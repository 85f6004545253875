namespace Modular;

/// <summary>The current request, with Flask's names.</summary>
/// <remarks>Not thread-safe. A task that outlives its request gets an error instead of another request's data.</remarks>
public sealed partial class Request
{
    HttpContext? _http;

    internal Request(HttpContext http, BodyLimits limits) => (_http, Limits) = (http, limits);

    /// <summary>The request's <see cref="HttpContext"/>, with all its features.</summary>
    public HttpContext Http => _http ?? throw new ModularException(
        "Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view.");

    /// <summary>The limits of this request's body. A BeforeRequest hook can replace the application's.</summary>
    public BodyLimits Limits { get => Live(field); set; }

    /// <summary>The name of the matched endpoint; null when no rule matched.</summary>
    public string? Endpoint { get => Live(field); internal set; }

    /// <summary>The matched rule; null when none did.</summary>
    public Rule? Rule { get => Live(field); internal set; }

    /// <summary>The values of the rule's variables, by name; null when no rule matched.</summary>
    public IReadOnlyDictionary<string, object?>? ViewArgs => Live(field) ?? (field = ViewArgsSource?.Invoke());

    internal Func<IReadOnlyDictionary<string, object?>?>? ViewArgsSource { get; set; }

    /// <summary>The error of routing (404, 405, a redirect); null when a view was found. It is thrown in place of the view.</summary>
    public HttpException? RoutingException => Live(RoutingExceptionSource?.Invoke());

    internal Func<HttpException?>? RoutingExceptionSource { get; init; }

    /// <summary>The endpoint's blueprint, such as <c>admin</c> or <c>admin.users</c>; null for the application's endpoints.</summary>
    public string? Blueprint => Blueprints is [var inmost, ..] ? inmost : null;

    /// <summary>The blueprint and those around it, the innermost first: <c>admin.users</c>, <c>admin</c>.</summary>
    public IReadOnlyList<string> Blueprints =>
        [.. Live(BlueprintNames).Select((_, index) => string.Join('.', BlueprintNames.Take(BlueprintNames.Count - index)))];

    /// <summary>The names of the blueprints around the endpoint, outermost first.</summary>
    internal IReadOnlyList<string> BlueprintNames { get; set; } = [];

    /// <summary>The method in upper case, such as <c>GET</c>.</summary>
    public string Method => Http.Request.Method.ToUpperInvariant();

    /// <summary>The path below <see cref="ScriptRoot"/>, decoded once, also <c>%2F</c>: <c>/user/John Doe</c>.</summary>
    public string Path => Live(field) ?? (field = RequestPath.Decode(Http));

    /// <summary>The path, <c>?</c> and the query as sent; the <c>?</c> is there even without a query.</summary>
    public string FullPath => $"{Path}?{QueryString}";

    /// <summary>The query as sent, without the <c>?</c>; empty without one. Its values are in <see cref="Args"/>.</summary>
    public string QueryString => Http.Request.QueryString.Value is ['?', .. var query] ? query : "";

    /// <summary>The values of the query, as in <c>?q=word&amp;page=2</c>. Invalid UTF-8 becomes U+FFFD.</summary>
    public MultiDict Args => Live(field) ?? (field = Modular.QueryString.Parse(Http.Request.QueryString.Value));

    /// <summary>The scheme, such as <c>http</c>. Behind a proxy it is the proxy's only with a fixer for its headers.</summary>
    public string Scheme => Http.Request.Scheme;

    /// <summary>True for <c>https</c> and <c>wss</c>.</summary>
    public bool IsSecure => Scheme is "https" or "wss";

    /// <summary>The <c>Host</c> header, with its port unless it is the scheme's default; empty when it is missing or invalid.</summary>
    public string Host => RequestHost.Of(Http);

    /// <summary>The path that the application is mounted at, such as <c>/app</c>; empty at the root.</summary>
    public string ScriptRoot => (Http.Request.PathBase.Value ?? "").TrimEnd('/');

    /// <summary>The whole URL in readable form, without needless encoding. Without a host it starts with the path.</summary>
    public string Url => RequestUrl.Build(Scheme, Host, ScriptRoot, Path, QueryString);

    /// <summary>The URL without its query.</summary>
    public string BaseUrl => RequestUrl.Build(Scheme, Host, ScriptRoot, Path);

    /// <summary>The URL of the application's root, such as <c>http://example.com/app/</c>.</summary>
    public string UrlRoot => RequestUrl.Build(Scheme, Host, ScriptRoot);

    /// <summary>The URL of the host's root, such as <c>http://example.com/</c>.</summary>
    public string HostUrl => RequestUrl.Build(Scheme, Host, "");

    internal void End() => _http = null;

    T Live<T>(T value) => Http is null ? default! : value;

    /// <summary>The method and the URL, such as <c>GET http://example.com/a?b=c</c>, for logs.</summary>
    public override string ToString() => _http is null ? "a request that has ended" : $"{Method} {Url}";
}
