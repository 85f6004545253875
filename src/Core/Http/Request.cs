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
    /// <exception cref="ModularException">The request has ended.</exception>
    public HttpContext Http => _http ?? throw new ModularException(
        "Current.Request was read after its request had ended. Read what you need before the task starts, or await it in the view.");

    /// <summary>How large this request's body may be. A BeforeRequest hook may set others than the application's.</summary>
    public BodyLimits Limits { get => Live(field); set; }

    /// <summary>The endpoint that the path leads to; null when no rule matched.</summary>
    public string? Endpoint { get => Live(field); internal set; }

    /// <summary>The matched rule; null when none did.</summary>
    public Rule? Rule { get => Live(field); internal set; }

    /// <summary>The values that the rule's variables got, by name; null when no rule matched.</summary>
    public IReadOnlyDictionary<string, object?>? ViewArgs
    {
        get => Live(field) ?? (field = ViewArgsSource?.Invoke());
        internal set;
    }

    /// <summary>Makes <see cref="ViewArgs"/> when they are first asked for.</summary>
    internal Func<IReadOnlyDictionary<string, object?>?>? ViewArgsSource { get; set; }

    /// <summary>Why no view could be chosen (404, 405, a redirect); null when one was. It is thrown where the view would run.</summary>
    public HttpException? RoutingException => Live(RoutingExceptionSource?.Invoke());

    /// <summary>Makes <see cref="RoutingException"/> when somebody looks.</summary>
    internal Func<HttpException?>? RoutingExceptionSource { get; init; }

    /// <summary>The blueprint of the endpoint, as <c>admin</c> or <c>admin.users</c>; null for one of the application itself.</summary>
    public string? Blueprint => BlueprintNames.Count > 0 ? string.Join('.', BlueprintNames) : null;

    /// <summary>The blueprint and those around it, the innermost first: <c>admin.users</c>, <c>admin</c>.</summary>
    public IReadOnlyList<string> Blueprints
    {
        get
        {
            var blueprints = new string[BlueprintNames.Count];
            for (var i = 0; i < blueprints.Length; i++) blueprints[^(i + 1)] = string.Join('.', BlueprintNames.Take(i + 1));
            return blueprints;
        }
    }

    /// <summary>The names of the blueprints around the endpoint, outermost first.</summary>
    internal IReadOnlyList<string> BlueprintNames { get => Live(field) ?? []; set; } = [];

    /// <summary>The request is over; from here on every member throws.</summary>
    internal void End() => _http = null;

    // Gives back a value that is already at hand, unless the request has ended.
    T Live<T>(T value) => Http is null ? default! : value;

    /// <summary>As <c>GET http://example.com/a?b=c</c>, for logs.</summary>
    public override string ToString() => _http is null ? "a request that has ended" : $"{Method} {Url}";
}
