namespace Modular;

sealed partial record RouteSpec
{
    internal required string Rule { get; init; }
    internal string? Endpoint { get; init; }
    internal required IReadOnlyList<string> Methods { get; init; }
    internal required RuleOptions Options { get; init; }
    internal required Delegate Handler { get; init; }
    internal required IReadOnlyList<MemberInfo> Attributed { get; init; }      // their attributes are the endpoint's metadata
    internal required Func<Rule, ViewBinder> Source { get; init; }
    internal RouteConventions Builder { get; } = new();
    internal string? Plugin { get; set; }

    internal string EndpointName => Endpoint ?? NameOf(Handler.Method) ?? $"{string.Join(',', Methods)} {Rule}";

    // A lambda has none (its class is <>c in C#, clo@7 in F#), and neither does a method that was created at run time.
    static string? NameOf(MethodInfo method) => LocalFunction.Match(method.Name) is { Success: true } local ? local.Groups["name"].Value
        : method.DeclaringType is not { } type || type.IsAssignableTo(typeof(Delegate))
            || type.Assembly == typeof(System.Linq.Expressions.Expression).Assembly
            || $"{type.Name}{method.Name}".AsSpan().ContainsAny("<@$") ? null
        : method.Name.Split('.')[^1];

    // The compiler calls it <Main>g__Index|0_1.
    [GeneratedRegex(@"\A<.*>g__(?<name>[^|]+)\|", RegexOptions.CultureInvariant)]
    static partial Regex LocalFunction { get; }
}

sealed class RouteConventions : IEndpointConventionBuilder
{
    readonly List<Action<EndpointBuilder>> _conventions = [];
    readonly List<Action<EndpointBuilder>> _finally = [];
    bool _applied;

    public void Add(Action<EndpointBuilder> convention) => Open(_conventions).Add(convention);

    // The last one first, as in ASP.NET.
    public void Finally(Action<EndpointBuilder> finallyConvention) => Open(_finally).Insert(0, finallyConvention);

    internal void Apply(EndpointBuilder endpoint)
    {
        _applied = true;
        foreach (var convention in _conventions.Concat(_finally)) convention(endpoint);
    }

    List<Action<EndpointBuilder>> Open(List<Action<EndpointBuilder>> list) => !_applied ? list : throw new ModularException(
        "Metadata was added to a rule after the application had started. Do it before app.Run() and before the first request.");
}
