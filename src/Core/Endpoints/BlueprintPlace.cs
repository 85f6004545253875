namespace Modular;

/// <summary>Where a registered blueprint lies: the names, prefixes and subdomains of those around it and its own.</summary>
/// <param name="Blueprints">Outermost first, itself last.</param>
/// <param name="Names">The names that they are registered under.</param>
/// <param name="Prefix">Before its rules; null for none.</param>
/// <param name="Subdomain">Of its rules; null for the application's default.</param>
/// <param name="Defaults">Values for its rules' variables.</param>
sealed record BlueprintPlace(
    IReadOnlyList<Blueprint> Blueprints, IReadOnlyList<string> Names, string? Prefix, string? Subdomain, IReadOnlyDictionary<string, object?> Defaults)
{
    static readonly Dictionary<string, object?> NoDefaults = [];

    /// <summary>The application itself.</summary>
    internal static BlueprintPlace None { get; } = new([], [], null, null, NoDefaults);

    internal static BlueprintPlace Of(
        Blueprint blueprint, string? urlPrefix, string? name, string? subdomain, IReadOnlyDictionary<string, object?>? defaults) =>
        new([blueprint], [name ?? blueprint.Name], urlPrefix ?? blueprint.UrlPrefix, subdomain ?? blueprint.Options.Subdomain,
            Merge(blueprint.Options.Defaults, defaults));

    /// <summary>The place of a blueprint inside this one.</summary>
    internal BlueprintPlace Inside(Blueprint child, string? urlPrefix) => new(
        [.. Blueprints, child], [.. Names, child.Name], Blueprint.Join(Prefix, urlPrefix ?? child.UrlPrefix ?? ""),
        child.Options.Subdomain is { } own && Subdomain is not null ? $"{own}.{Subdomain}" : child.Options.Subdomain ?? Subdomain,
        child.Options.Defaults);

    /// <summary>A rule's options as they are in this place.</summary>
    internal RuleOptions Apply(RuleOptions options) => options with
    {
        Subdomain = options.Subdomain ?? Subdomain,
        Defaults = Defaults.Count == 0 ? options.Defaults : Merge(Defaults, options.Defaults),
    };

    static Dictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> first, IReadOnlyDictionary<string, object?>? second)
    {
        var all = new Dictionary<string, object?>(first);
        foreach (var (name, value) in second ?? NoDefaults) all[name] = value;
        return all;
    }
}
