using System.Runtime.CompilerServices;

namespace Modular;

/// <summary>A part of an application with a name, a URL prefix and hooks of its own. It does nothing until <c>app.Register(blueprint)</c>.</summary>
/// <param name="name">Goes before its endpoints: <c>blog.show</c>. Neither empty nor with a dot.</param>
/// <param name="urlPrefix">Goes before its rules, such as <c>/blog</c>; null for none.</param>
/// <exception cref="ModularException">The name is empty or has a dot.</exception>
public sealed class Blueprint(string name, string? urlPrefix = null) : Scaffold
{
    bool _registered;

    /// <summary>Its name, as given.</summary>
    public string Name { get; } = name switch
    {
        "" => throw new ModularException("A blueprint's name is empty. Give it a word, such as new Blueprint(\"blog\")."),
        _ when name.Contains('.') => throw new ModularException(
            $"Blueprint name \"{name}\" has a dot, which parts names in endpoints. Write new Blueprint(\"{name.Replace('.', '_')}\")."),
        _ => name,
    };

    /// <summary>What goes before its rules; null for nothing.</summary>
    public string? UrlPrefix { get; } = urlPrefix;

    internal List<RouteSpec> Specs { get; } = [];
    internal List<(Blueprint Child, string? UrlPrefix)> Children { get; } = [];

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

    /// <summary>Closes it, and those inside it, for changes.</summary>
    internal void Close()
    {
        _registered = true;
        foreach (var (child, _) in Children) child.Close();
    }

    bool Contains(Blueprint other) => other == this || Children.Exists(nested => nested.Child.Contains(other));

    internal override void Take(RouteSpec spec) => Specs.Add(spec);

    internal override void CheckChange([CallerMemberName] string word = "")
    {
        if (_registered) throw new ModularException(
            $"{word} was called on blueprint \"{Name}\" after it had been registered. Call it before app.Register(…).");
    }

    /// <summary>Prefix and rule with exactly one slash between them; a prefix alone when the rule is empty.</summary>
    internal static string Join(string? prefix, string rule) =>
        string.IsNullOrEmpty(prefix) ? rule
        : rule.Length == 0 ? prefix
        : $"{prefix.TrimEnd('/')}/{rule.TrimStart('/')}";
}
