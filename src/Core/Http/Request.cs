namespace Modular;

/// <summary>The request that is being answered, under Flask's names.</summary>
/// <remarks>
/// Each part is read when it is first looked at, and then kept. Not safe to share between threads. Usable until the request has ended:
/// a task that outlives its request gets an error instead of another request's data.
/// </remarks>
public sealed partial class Request
{
    readonly BodyLimits _limits;
    HttpContext? _http;

    internal Request(HttpContext http, BodyLimits limits) => (_http, _limits) = (http, limits);

    /// <summary>ASP.NET's own view of the request, with all its features.</summary>
    /// <exception cref="ModularException">The request has ended.</exception>
    public HttpContext Http => _http ?? throw new ModularException(
        "Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view.");

    /// <summary>The endpoint that the path leads to; null when no rule matched.</summary>
    public string? Endpoint { get => Live(field); internal set; }

    /// <summary>The values that the rule's variables got, by name; null when no rule matched.</summary>
    public IReadOnlyDictionary<string, object?>? ViewArgs
    {
        get => Live(field) ?? (field = ViewArgsSource?.Invoke());
        internal set;
    }

    /// <summary>Makes <see cref="ViewArgs"/> when they are first asked for.</summary>
    internal Func<IReadOnlyDictionary<string, object?>?>? ViewArgsSource { get; set; }

    /// <summary>Why no view could be chosen (404, 405, a redirect); null when one was. It is thrown where the view would run.</summary>
    public HttpException? RoutingException { get => Live(field); internal set; }

    /// <summary>The blueprint of the endpoint, as <c>admin</c> or <c>admin.users</c>; null for one of the application itself.</summary>
    public string? Blueprint => Endpoint is { } endpoint && EndpointDot(endpoint) is >= 0 and var dot ? endpoint[..dot] : null;

    /// <summary>The blueprint and those around it, the innermost first: <c>admin.users</c>, <c>admin</c>.</summary>
    public IReadOnlyList<string> Blueprints
    {
        get
        {
            var blueprints = new List<string>();
            for (var name = Blueprint; name is not null; name = name.LastIndexOf('.') is >= 0 and var dot ? name[..dot] : null)
                blueprints.Add(name);
            return blueprints;
        }
    }

    /// <summary>How many blueprints are around the endpoint; null when only its name can tell.</summary>
    internal int? BlueprintDepth { get; init; }

    // Before the endpoint's own name, which may have dots itself: a lambda is called as its rule, GET /favicon.ico.
    int EndpointDot(string endpoint)
    {
        if (BlueprintDepth is not { } depth) return endpoint.LastIndexOf('.');
        var dot = -1;
        for (var i = 0; i < depth; i++) dot = endpoint.IndexOf('.', dot + 1);
        return dot;
    }

    /// <summary>The request is over; from here on every member throws.</summary>
    internal void End() => _http = null;

    // Gives back a value that is already at hand, unless the request has ended.
    T Live<T>(T value) => Http is null ? default! : value;

    /// <summary>As <c>GET http://example.com/a?b=c</c>, for logs.</summary>
    public override string ToString() => _http is null ? "a request that has ended" : $"{Method} {Url}";
}
