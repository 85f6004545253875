namespace Modular;

/// <summary>An installed plugin and what it adds, for command lines and error pages.</summary>
/// <param name="Card">Its card.</param>
/// <param name="Version">The card's version, or that of the plugin's assembly.</param>
/// <param name="Adds">What it declared, in the order in which kinds stand on <see cref="IPluginHost"/>.</param>
public sealed record PluginDescription(PluginCard Card, string? Version, IReadOnlyList<PluginAddition> Adds)
{
    internal static PluginDescription Of(PluginRecord plugin)
    {
        List<PluginAddition> adds = [];
        Hooks(plugin.AppScope, "");
        foreach (var scope in plugin.BlueprintScopes) Hooks(scope, $" of blueprint {scope.Blueprint!.Name}");
        Add("slot", plugin.Openers.Select(opener => opener.Slot.ToString()!));
        Add("hook", Count(plugin.Saves.Count, "save"));
        Add("layer", Count(plugin.Layers.Count, "around the application"));
        Add("application slot", plugin.Provided.Select(provided => provided.Slot.ToString()!));
        Add("check", Count(plugin.Checks.Count, "of the set-up"));
        Add("service", plugin.ServiceTypes.Select(TypeName.Of));
        Add("converter", plugin.Converters.Select(converter => converter.Name));
        Add("answer", plugin.ResponseConverters.Select(converter => TypeName.Of(converter.Type)));
        Add("form", plugin.FormReaders.Select(reader => reader.MediaType));
        Add("view parameter", plugin.ViewParameters.Select(parameter => TypeName.Of(parameter.Type)));
        Add("template global", plugin.Scopes.SelectMany(scope => scope.Globals).Select(global => global.Name));
        Add("template filter", plugin.Scopes.SelectMany(scope => scope.Filters).Select(filter => filter.Name));
        Add("template function", plugin.Scopes.SelectMany(scope => scope.Functions).Select(function => function.Name));
        Add("command", plugin.Commands.Concat(plugin.AppScope.OwnCommands).Select(command => command.Name));
        Add("program", Count(plugin.Mains.Count, "takes over app.Run"));
        return new(plugin.Card, plugin.Version, adds);

        void Hooks(PluginScope scope, string where)
        {
            Add("rule", scope.Routes.Select(route => $"{route.Rule}{where}"));
            Add("hook", Count(scope.Hooks.Before.Count, "before request" + where));
            Add("hook", Count(scope.Hooks.After.Count, "after request" + where));
            Add("hook", Count(scope.Hooks.Teardown.Count, "teardown request" + where));
            Add("error handler", scope.Hooks.ByStatus.Keys.Select(status => $"{status}{where}"));
            Add("error handler", scope.Hooks.ByType.Keys.Select(type => $"{TypeName.Of(type)}{where}"));
        }

        void Add(string kind, IEnumerable<string> names) => adds.AddRange(names.Select(name => new PluginAddition(kind, name)));
    }

    static IEnumerable<string> Count(int count, string name) => count == 0 ? [] : count == 1 ? [name] : [$"{name} ×{count}"];
}

/// <summary>One thing that a plugin adds.</summary>
/// <param name="Kind">Such as <c>rule</c>, <c>slot</c>, <c>template filter</c>.</param>
/// <param name="Name">Such as <c>/files/&lt;name&gt;</c>.</param>
public sealed record PluginAddition(string Kind, string Name);

/// <summary>Where a rule comes from.</summary>
/// <param name="Blueprint">The name that its blueprint is registered under, with those around it: <c>shop.admin</c>; null for none.</param>
/// <param name="Plugin">The id of the plugin that added it; null for none.</param>
public sealed record RuleOrigin(string? Blueprint, string? Plugin);
