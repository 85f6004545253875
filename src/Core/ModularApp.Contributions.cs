namespace Modular;

// Values that scopes pass to plugins by name.
public sealed partial class ModularApp
{
    /// <summary>The values of one type that the application and its blueprints added with <see cref="RouteGroup.Contribute"/>.</summary>
    /// <returns>Each value with its blueprint's full name, empty for the application, and its plugin's id, if any.</returns>
    /// <remarks>Order: the plugins', the application's, then those of each registered blueprint.</remarks>
    public IEnumerable<(string Name, T Value, string Blueprint, string? Plugin)> Contributions<T>() where T : class
    {
        var plugins = _setup.Plugins.Sorted;
        return from place in _setup.Places.Prepend(BlueprintPlace.None)
               from scope in place.Blueprints is [.., var inmost] ? AppFreezer.ScopesOf(inmost, plugins)
                   : plugins.Select(plugin => plugin.AppScope).Append<RouteGroup>(this)
               from item in scope.Contributed
               where item.Value is T
               select (item.Name, (T)item.Value, string.Join('.', place.Names), (scope as PluginScope)?.PluginId);
    }
}
