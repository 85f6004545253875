namespace Modular;

// The application looked at from outside, for command lines and error pages.
public sealed partial class ModularApp
{
    /// <summary>All commands: the plugins' in the order of installation, then the application's own, then the blueprints', which are named after their blueprint: <c>blog import</c>.</summary>
    public IReadOnlyList<AppCommand> Commands =>
    [
        .. _setup.Plugins.Installed.SelectMany(plugin => plugin.Commands.Concat(plugin.AppScope.OwnCommands)), .. OwnCommands,
        .. _setup.Places.Select(place => place.Blueprints[^1].ForApp).Distinct().SelectMany(part => part.OwnCommands),
        .. _setup.Places.SelectMany(place => AppFreezer.ScopesOf(place.Blueprints[^1], _setup.Plugins.Installed)
            .SelectMany(scope => scope.OwnCommands).Select(command => command.Named(string.Join(' ', place.Names.Append(command.Name))))),
    ];

    /// <summary>The plugins, outermost first, each with what it adds. Does not freeze the application, so that one that cannot start can be looked at too.</summary>
    public IReadOnlyList<PluginDescription> DescribePlugins() =>
        [.. Ordered.Select(PluginDescription.Of)];

    /// <summary>Which blueprint and which plugin a rule of <see cref="Rules"/> comes from.</summary>
    /// <exception cref="ModularException">It is no rule of this application.</exception>
    public RuleOrigin OriginOf(Rule rule)
    {
        var registration = _setup.Registrations.FirstOrDefault(registration => registration.Rule == rule) ?? throw new ModularException(
            $"The rule \"{rule}\" is none of this application's. Take one from app.Rules.");
        var names = registration.Place.Names;
        var plugin = _setup.Plugins.Installed.FirstOrDefault(plugin => plugin.BlueprintScopes.Append(plugin.AppScope)
            .Any(scope => scope.Routes.Exists(route => ReferenceEquals(route, registration.Spec))));
        return new(names.Count == 0 ? null : string.Join('.', names), plugin?.Card.Id);
    }

    /// <summary>Says which rule answers a path, and why the others do not. The rules are frozen by it, as by a request.</summary>
    /// <param name="path">As it stands in a URL, percent-encoded; a query is left out: <c>/user/John%20Doe</c>.</param>
    /// <param name="method">Default GET.</param>
    /// <param name="host">The host that is asked, where hosts or subdomains are matched. Default: <see cref="ModularOptions.ServerName"/>, or localhost.</param>
    /// <param name="webSocket">True for a handshake.</param>
    public RouteExplanation ExplainMatch(string path, string method = "GET", string? host = null, bool webSocket = false)
    {
        var server = HostName.Normalize(Options.ServerName ?? "localhost");
        host = HostName.Normalize(host ?? server);
        var routing = Options.Routing;
        var domain = routing.HostMatching ? host : routing.SubdomainMatching ? HostName.SubdomainOf(host, server) ?? routing.DefaultSubdomain : "";
        var decoded = "/" + Percent.Decode(path.Split('?', '#')[0]).TrimStart('/');
        return new RouteExplainer(_setup.Routes.Book, host).Explain(new RouteQuery(decoded, method.ToUpperInvariant(), domain, webSocket));
    }
}
