namespace Modular;

/// <summary>A part of an application with a name, a URL prefix and hooks of its own, which <c>app.Register(blueprint)</c> adds.</summary>
/// <example><code>
/// var blog = new Blueprint("blog", "/blog");
/// blog.Route("/&lt;int:id&gt;", (int id) => $"Post {id}", endpoint: "show");
/// app.Register(blog);                             // UrlFor("blog.show", ("id", 7)) is /blog/7
/// </code></example>
public sealed class Blueprint : Scaffold
{
    /// <summary>A blueprint.</summary>
    /// <param name="name">Goes before its endpoints: <c>blog.show</c>. Neither empty nor with a dot.</param>
    /// <param name="urlPrefix">Goes before its rules, such as <c>/blog</c>; null for none.</param>
    /// <param name="options">Subdomain, defaults, static files.</param>
    /// <exception cref="ModularException">The name is empty or has a dot.</exception>
    public Blueprint(string name, string? urlPrefix = null, BlueprintOptions? options = null)
    {
        if (name.Length == 0) throw new ModularException("A blueprint's name is empty. Give it a word, such as new Blueprint(\"blog\").");
        if (name.Contains('.')) throw new ModularException(
            $"Blueprint name \"{name}\" has a dot, which parts names in endpoints. Write new Blueprint(\"{name.Replace('.', '_')}\").");
        (Name, UrlPrefix, Options) = (name, urlPrefix, options ?? new());
        ForApp = new AppPart(this);
        if (Options.StaticFolder is { } folder) AddStatic(Path.Combine(Options.RootPath, folder), Options.StaticUrlPath);
    }

    /// <summary>The options it was created with.</summary>
    public BlueprintOptions Options { get; }

    /// <summary>Hooks and handlers for the whole application: Flask's <c>before_app_request</c> is <c>ForApp.BeforeRequest</c>.</summary>
    public Scaffold ForApp { get; }

    internal string Name { get; }
    internal string? UrlPrefix { get; }
    internal bool IsRegistered { get; private set; }
    internal List<RouteSpec> Specs { get; } = [];
    internal List<(Blueprint Child, string? UrlPrefix)> Children { get; } = [];
    internal List<(bool Once, Action<Scaffold> Action)> Records { get; } = [];

    /// <summary>Puts a blueprint inside this one: its prefix, its name and its hooks come after this one's.</summary>
    /// <param name="child">The inner blueprint.</param>
    /// <param name="urlPrefix">Instead of its own prefix.</param>
    /// <exception cref="ModularException">It is this blueprint itself, or has this one inside it.</exception>
    public void Register(Blueprint child, string? urlPrefix = null)
    {
        CheckChange();
        if (child.Contains(this)) throw new ModularException($"Blueprint \"{Name}\" was registered on itself. Register another one.");
        Children.Add((child, urlPrefix));
    }

    /// <summary>Runs whenever the blueprint is registered, for set-up that needs the application.</summary>
    /// <param name="action">Gets the application.</param>
    /// <param name="once">True: only for the first registration.</param>
    public void Record(Action<Scaffold> action, bool once = false)
    {
        CheckChange();
        Callback.RefuseAsyncVoid(action, "an action of Record");
        Records.Add((once, action));
    }

    internal void Close() => IsRegistered = true;

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

    sealed class AppPart(Blueprint blueprint) : Scaffold
    {
        internal override void Take(RouteSpec spec) => throw new ModularException(
            $"Rule \"{spec.Rule}\" was added to ForApp of blueprint \"{blueprint.Name}\", which takes hooks and handlers only. " +
            "Add it to the blueprint, or to the application.");

        internal override void CheckChange([CallerMemberName] string word = "") => blueprint.CheckChange(word);
    }
}
