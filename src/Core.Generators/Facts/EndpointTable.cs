namespace Modular.Generators;

/// <summary>A rule of an endpoint, with the names and prefixes of its blueprints.</summary>
/// <param name="Blueprints">The registered names, outermost first.</param>
sealed record KnownRule(Keys Blueprints, string Endpoint, string Text, bool HasDefaults, ParsedRule Parsed)
{
    internal string FullName => string.Join(".", [.. Blueprints.All, Endpoint]);
}

/// <summary>The endpoints that the facts give.</summary>
sealed class EndpointTable
{
    readonly List<KnownRule> _rules = [];
    readonly Dictionary<string, BlueprintFact> _blueprints = [];
    readonly ILookup<string, RegisterFact> _registrations;
    readonly ILookup<string, RouteFact> _routes;

    internal EndpointTable(IEnumerable<Fact> facts)
    {
        var all = facts.ToList();
        foreach (var blueprint in all.OfType<BlueprintFact>())
            foreach (var key in blueprint.Keys.All) _blueprints[key] = blueprint;
        _registrations = all.OfType<RegisterFact>().Where(fact => fact.Blueprint is not null).ToLookup(fact => fact.Blueprint!);
        _routes = all.OfType<RouteFact>().Where(fact => fact.Scope is not null).ToLookup(fact => fact.Scope!);
        HasUrlDefaults = all.Any(fact => fact is UrlDefaultsFact);
        IsComplete = !all.Any(fact => fact is RouteFact { IsKnown: false } or RouteFact { Scope: null } or BlueprintFact { Name: null } or BlueprintFact { Prefix: null }
            or BlueprintFact { Keys.All.Count: 0 } or RegisterFact { IsKnown: false } or RegisterFact { Blueprint: null } or RegisterFact { Parent: null })
            && _registrations.All(registration => _blueprints.ContainsKey(registration.Key));
        Take("", [], "", false);
        foreach (var blueprint in _blueprints.Values.Distinct())
            foreach (var (names, prefix, defaults) in PlacesOf(blueprint, []))
                foreach (var key in blueprint.Keys.All) Take(key, names, prefix, defaults || blueprint.HasDefaults);
    }

    internal IReadOnlyList<KnownRule> Rules => _rules;

    /// <summary>False when some endpoint is known only when the program runs.</summary>
    internal bool IsComplete { get; }

    internal bool HasUrlDefaults { get; }

    void Take(string scope, IReadOnlyList<string> names, string prefix, bool hasDefaults)
    {
        foreach (var fact in _routes[scope])
        {
            if (fact is not { IsKnown: true, Rule: { } text, Endpoint: { Length: > 0 } endpoint } || endpoint.Contains('.')) continue;
            var parsed = ParsedRule.Of(Join(prefix, text), isWhole: true);
            if (parsed.Problem is null) _rules.Add(new(new(names), endpoint, parsed.Text, fact.HasDefaults || hasDefaults, parsed));
        }
    }

    // Where it is registered. Without a registration that is known, under its own name.
    IEnumerable<(IReadOnlyList<string> Names, string Prefix, bool Defaults)> PlacesOf(BlueprintFact blueprint, List<BlueprintFact> inside)
    {
        if (blueprint is not { Name: { } own, Prefix: { } ownPrefix } || inside.Contains(blueprint)) yield break;
        var isRegistered = false;
        foreach (var registration in blueprint.Keys.All.SelectMany(key => _registrations[key]))
        {
            isRegistered = true;
            if (!registration.IsKnown) continue;
            if (registration.Parent is "") yield return ([registration.Name ?? own], registration.Prefix ?? ownPrefix, registration.HasDefaults);
            else if (registration.Parent is { } parent && _blueprints.TryGetValue(parent, out var around))
                foreach (var place in PlacesOf(around, [.. inside, blueprint]))
                    yield return ([.. place.Names, own], Join(place.Prefix, registration.Prefix ?? ownPrefix), place.Defaults);
        }
        if (!isRegistered) yield return ([own], ownPrefix, false);
    }

    // As the core's Blueprint.Join.
    static string Join(string prefix, string rule) => prefix.Length == 0 ? rule : rule.Length == 0 ? prefix
        : $"{prefix.TrimEnd('/')}/{rule.TrimStart('/')}";
}
