namespace Modular;

sealed partial record RouteSpec
{
    internal required string Rule { get; init; }
    internal string? Endpoint { get; init; }
    internal string? ViewText { get; init; }
    internal required IReadOnlyList<string> Methods { get; init; }
    internal RuleOptions Options { get; init; } = new();
    internal required Delegate Handler { get; init; }
    internal required Func<Rule, ViewSource> Source { get; init; }
    internal RouteConventions Builder { get; } = new();
    internal string? Plugin { get; set; }

    internal string EndpointName => Endpoint
        ?? (Name().Match(ViewText ?? "") is { Success: true } match ? match.Groups["last"].Value : $"{string.Join(',', Methods)} {Rule}");

    // Identifiers with dots between them. "() => Page.Text" ends in one too, but is a lambda.
    [GeneratedRegex(@"\A\s*(?:@*(?!\d)\w+\.)*@*(?<last>(?!\d)\w+)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
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
        "Metadata was added to a rule after the application had started answering. Do it before app.Run() and before the first request.");
}
