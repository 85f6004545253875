namespace Modular.Plugins;

/// <summary>All plugins of one application. Checks their manifests and declarations together and reports all problems at once.</summary>
sealed class PluginSet
{
    internal List<PluginBuilder> Installed { get; } = [];
    internal List<string> Problems { get; } = [];

    internal IReadOnlyList<PluginBuilder> Sorted => Sort([.. Installed.DistinctBy(plugin => plugin.Manifest.Id)], []);

    internal bool Has(string id) => Installed.Exists(plugin => plugin.Manifest.Id == id);

    internal IReadOnlyList<PluginBuilder> Check(Version core, List<string> problems)
    {
        problems.AddRange(Problems);
        foreach (var twice in Installed.GroupBy(plugin => plugin.Manifest.Id).Where(group => group.Count() > 1))
            problems.Add($"{twice.Key} is installed {twice.Count()} times. Remove all calls but one.");
        foreach (var plugin in Installed)
        {
            CheckCore(plugin, core, problems);
            foreach (var need in plugin.Manifest.Dependencies.Where(need => !Installed.Exists(other => other.Manifest.Answers(need.Id))))
                problems.Add($"{plugin.Manifest.Id} requires {need.Id}, which isn't installed. Add the package and call {need.Install}.");
        }
        List<PluginBuilder> distinct = [.. Installed.DistinctBy(plugin => plugin.Manifest.Id)];
        CheckClaims(distinct, problems);
        return Sort(distinct, problems);
    }

    static void CheckCore(PluginBuilder plugin, Version core, List<string> problems)
    {
        var (id, asked) = (plugin.Manifest.Id, plugin.Manifest.CoreRange);
        if (!VersionRange.TryParse(asked, out var range)) problems.Add(
            $"The manifest of {id} has the core range \"{asked}\", which isn't valid. Write it as in \"[1.0,2.0)\".");
        else if (!range.Contains(core)) problems.Add(
            $"{id} {plugin.Version} was made for Modular.Core {asked}, and this is {core.ToString(3)}. " +
            $"Install a version of {id} for this core, or the core that it requires.");
    }

    static void CheckClaims(List<PluginBuilder> plugins, List<string> problems)
    {
        var clashes = plugins
            .SelectMany(plugin => plugin.Declared.Select(declared => (plugin.Manifest.Id, declared.Word, declared.Name, declared.Key)))
            .Where(claim => claim.Key is not null).GroupBy(claim => (claim.Word, claim.Key)).Where(group => group.Count() > 1);
        foreach (var clash in clashes)
        {
            string[] ids = [.. clash.Select(claim => claim.Id).Distinct()];
            var what = $"{clash.Key.Word} for \"{clash.First().Name}\"";
            problems.Add(ids.Length == 1 ? $"{ids[0]} calls {what} twice. Declare it once in Install."
                : $"{string.Join(", ", ids[..^1])} and {ids[^1]} call {what}. Install only one of them.");
        }
        foreach (var plugin in plugins)
            foreach (var (type, _) in plugin.ResponseConverters.Where(converter => ResponseConverter.IsOwn(converter.Type))) problems.Add(
                $"{plugin.Manifest.Id} makes responses of type \"{TypeName.Of(type)}\", which the core already converts. " +
                "Return the plugin's own type from the views instead.");
    }

    /// <summary>Orders plugins by their dependencies and hints, and otherwise by their installation.</summary>
    static List<PluginBuilder> Sort(IReadOnlyList<PluginBuilder> plugins, List<string> problems)
    {
        var (sorted, path) = (new List<PluginBuilder>(), new List<PluginBuilder>());
        foreach (var plugin in plugins) Visit(plugin);
        return sorted;

        void Visit(PluginBuilder plugin)
        {
            if (sorted.Contains(plugin)) return;
            if (path.IndexOf(plugin) is >= 0 and var start)
            {
                var names = string.Join(" → ", path.Skip(start).Append(plugin).Select(one => one.Manifest.Id));
                problems.Add($"The plugins {names} each want to run inside the next. "
                    + "Remove one of the hints Before, After or Dependencies from their manifests.");
                return;
            }
            path.Add(plugin);
            foreach (var other in plugins.Where(other => IsOutside(other.Manifest, plugin.Manifest))) Visit(other);
            path.RemoveAt(path.Count - 1);
            if (!sorted.Contains(plugin)) sorted.Add(plugin);
        }
    }

    static bool IsOutside(PluginManifest other, PluginManifest inner) => other != inner &&
        (inner.Dependencies.Select(need => need.Id).Concat(inner.After).Any(other.Answers) || other.Before.Any(inner.Answers));

    internal static void Throw(IReadOnlyList<string> problems)
    {
        if (problems.Count == 1) throw new ModularException(problems[0]);
        if (problems.Count > 1) throw new ModularException(
            $"The application can't start, for {problems.Count} reasons.\n"
            + string.Join('\n', problems.Select((problem, i) => $"{i + 1}. {problem}")));
    }
}
