namespace Modular;

/// <summary>Where a registered blueprint lies: blueprints and names, outermost first, and what is put together of them.</summary>
sealed record BlueprintPlace(IReadOnlyList<Blueprint> Blueprints, IReadOnlyList<string> Names, string? Prefix, string? Subdomain,
    IReadOnlyDictionary<string, object?> Defaults)
{
    static readonly Dictionary<string, object?> NoDefaults = [];

    internal static BlueprintPlace None { get; } = new([], [], null, null, NoDefaults);

    internal static BlueprintPlace Of(
        Blueprint blueprint, string? urlPrefix, string? name, string? subdomain, IReadOnlyDictionary<string, object?>? defaults) =>
        new([blueprint], [name ?? blueprint.Name], urlPrefix ?? blueprint.UrlPrefix, subdomain ?? blueprint.Options.Subdomain,
            Merge(blueprint.Options.Defaults, defaults));

    internal BlueprintPlace Inside(Blueprint child, string? urlPrefix) => new(
        [.. Blueprints, child], [.. Names, child.Name], Blueprint.Join(Prefix, urlPrefix ?? child.UrlPrefix ?? ""),
        child.Options.Subdomain is { } own && Subdomain is not null ? $"{own}.{Subdomain}" : child.Options.Subdomain ?? Subdomain,
        child.Options.Defaults);

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
