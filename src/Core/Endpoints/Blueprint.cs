namespace Modular;

/// <summary>A part of an application with a name, a URL prefix and hooks of its own, which <c>app.Register(blueprint)</c> adds.</summary>
public sealed class Blueprint : RouteGroup
{
    /// <summary>A blueprint. Its name precedes its endpoints' names, and its prefix precedes its rules.</summary>
    /// <exception cref="ModularException">The name is empty or has a dot.</exception>
    public Blueprint(string name, string? urlPrefix = null, BlueprintOptions? options = null)
    {
        if (name.Length == 0) throw new ModularException("A blueprint's name is empty. Give it a word, such as new Blueprint(\"blog\").");
        if (name.Contains('.')) throw new ModularException(
            $"Blueprint name \"{name}\" has a dot, which separates names in endpoints. Write new Blueprint(\"{name.Replace('.', '_')}\").");
        (Name, UrlPrefix, Options) = (name, urlPrefix, options ?? new());
        AppHooks = new AppPart(this);
        if (Options.StaticFolder is { } folder) AddStatic(Path.Combine(Options.RootPath, folder), Options.StaticUrlPath);
    }

    /// <summary>The options it was created with.</summary>
    public BlueprintOptions Options { get; }

    /// <summary>Hooks and handlers for the whole application: Flask's <c>before_app_request</c> is <c>AppHooks.BeforeRequest</c>.</summary>
    public RouteGroup AppHooks { get; }

    internal string Name { get; }
    internal string? UrlPrefix { get; }
    internal bool IsRegistered { get; private set; }
    internal List<RouteSpec> Specs { get; } = [];
    internal List<(Blueprint Child, string? UrlPrefix)> Children { get; } = [];
    internal List<(bool Once, Action<RouteGroup> Action)> Records { get; } = [];

    /// <summary>Puts a blueprint inside this one: its prefix, its name and its hooks come after this one's.</summary>
    /// <exception cref="ModularException">The child is, or contains, this blueprint.</exception>
    public Blueprint Register(Blueprint child, string? urlPrefix = null)
    {
        CheckChange();
        if (child.Contains(this)) throw new ModularException($"Blueprint \"{Name}\" was registered on itself. Register another one.");
        Children.Add((child, urlPrefix));
        return this;
    }

    /// <summary>Runs with the application at each registration of the blueprint, or only at the first.</summary>
    public Blueprint OnRegister(Action<RouteGroup> action, bool once = false)
    {
        CheckChange();
        Callback.RefuseAsyncVoid(action, "an action of OnRegister");
        Records.Add((once, action));
        return this;
    }

    internal void Close() => IsRegistered = true;

    // Of a plugin, which its rules then name.
    internal void BelongTo(string plugin)
    {
        foreach (var spec in Specs) spec.Plugin = plugin;
        foreach (var (child, _) in Children) child.BelongTo(plugin);
    }

    bool Contains(Blueprint other) => other == this || Children.Exists(nested => nested.Child.Contains(other));

    internal override void Take(RouteSpec spec) => Specs.Add(spec);

    internal override void CheckChange([CallerMemberName] string word = "")
    {
        if (IsRegistered) throw new ModularException(
            $"{word} was called on blueprint \"{Name}\" after it had been registered. Call it before app.Register(…).");
    }

    internal static string Join(string? prefix, string rule) =>
        string.IsNullOrEmpty(prefix) ? rule
        : rule.Length == 0 ? prefix
        : $"{prefix.TrimEnd('/')}/{rule.TrimStart('/')}";

    sealed class AppPart(Blueprint blueprint) : RouteGroup
    {
        internal override void Take(RouteSpec spec) => throw new ModularException(
            $"Rule \"{spec.Rule}\" was added to AppHooks of blueprint \"{blueprint.Name}\", which takes hooks and handlers only. " +
            "Add it to the blueprint, or to the application.");

        internal override void CheckChange([CallerMemberName] string word = "") => blueprint.CheckChange(word);
    }
}

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

    internal RuleOptions Apply(RuleOptions given)
    {
        var options = given.Copy();
        options.Subdomain ??= Subdomain;
        if (Defaults.Count > 0) options.Defaults = Merge(Defaults, options.Defaults);
        return options;
    }

    static Dictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> first, IReadOnlyDictionary<string, object?>? second)
    {
        var all = new Dictionary<string, object?>(first);
        foreach (var (name, value) in second ?? NoDefaults) all[name] = value;
        return all;
    }
}
