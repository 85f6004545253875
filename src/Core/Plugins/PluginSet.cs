namespace Modular.Plugins;

/// <summary>All plugins of one application. Checks their manifests and declarations together and reports all problems at once.</summary>
sealed class PluginSet
{
    internal List<PluginBuilder> Installed { get; } = [];
    internal List<string> Problems { get; } = [];
    internal List<Exception> Causes { get; } = [];

    internal IReadOnlyList<PluginBuilder> Sorted => Sort(Distinct, []);

    /// <summary>The order of the BeforeSend functions: from the innermost plugin outwards, unless manifests require another one.</summary>
    internal IReadOnlyList<PluginBuilder> SendOrder => SortSends([]);

    List<PluginBuilder> Distinct => [.. Installed.DistinctBy(plugin => plugin.Manifest.Id)];

    internal bool Has(string id) => Installed.Exists(plugin => plugin.Manifest.Id == id);

    /// <summary>Keeps an exception that a plugin threw, for the report.</summary>
    internal static void Failed(PluginBuilder plugin, string where, Exception error, List<string> problems, List<Exception> causes)
    {
        var id = plugin.Manifest.Id;
        problems.Add(error is ModularException ? $"{id}: {error.Message}" : $"{id} failed in {where} with "
            + $"{TypeName.Of(error.GetType())}: {error.Message} Check the plugin's options; the inner exception shows the place.");
        if (error is not ModularException) causes.Add(error);
    }

    internal IReadOnlyList<PluginBuilder> Check(Version core, IReadOnlyList<BlueprintPlace> places, List<string> problems)
    {
        problems.AddRange(Problems);
        var byId = Installed.GroupBy(plugin => plugin.Manifest.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var same in byId.Where(group => group.Count() > 1))
        {
            string[] ids = [.. same.Select(plugin => plugin.Manifest.Id).Distinct()];
            problems.Add(ids.Length == 1 ? $"{ids[0]} is installed {same.Count()} times. Remove all calls but one."
                : $"The plugin ids {string.Join(" and ", ids)} differ only in letter case. Install one of them, or rename the other.");
        }
        foreach (var plugin in Installed)
        {
            if (string.IsNullOrWhiteSpace(plugin.Manifest.Id))
                problems.Add("A plugin has an empty id. Write its package's name in its manifest.");
            CheckCore(plugin, core, problems);
            CheckNeeds(plugin, problems);
            CheckScopes(plugin, places, problems);
        }
        CheckClaims(Distinct, problems);
        SortSends(problems);
        return Sort(Distinct, problems);
    }

    void CheckNeeds(PluginBuilder plugin, List<string> problems)
    {
        var (id, manifest) = (plugin.Manifest.Id, plugin.Manifest);
        foreach (var need in manifest.Dependencies)
            if (need.Id == id) problems.Add($"{id} requires itself. Remove the dependency from its manifest.");
            else if (Installed.Find(need.IsMetBy) is { } found) CheckVersion(id, need, found, problems);
            else if (!need.IsOptional) problems.Add($"{id} requires {need.Id}, which isn't installed.{Typo(need.Id)} "
                + (Installed.Find(other => other.Manifest.Provides.Contains(need.Id)) is { } other
                    ? $"{other.Manifest.Id} can't replace it, because {id} uses more than a service of it. " : "")
                + $"Add the package and call {need.Install}.");
        foreach (var other in manifest.Conflicts.Where(other => other != id && Has(other)))
            problems.Add($"{id} doesn't work beside {other}. Install only one of them.");
        foreach (var hint in manifest.Before.Concat(manifest.After).Concat(manifest.SendsBefore).Concat(manifest.SendsAfter).Distinct())
            if (Typo(hint) is { Length: > 0 } typo) problems.Add($"The manifest of {id} orders it by \"{hint}\", an unknown plugin.{typo}");
    }

    // Only a single wrong letter: Modular.Login isn't a typo of Modular.Logging.
    string Typo(string id) => Installed.Exists(plugin => plugin.Manifest.Answers(id)) ? ""
        : Installed.Select(plugin => plugin.Manifest.Id).FirstOrDefault(known => Suggest.IsTypo(id, known)) is { } near
            ? $" Did you mean \"{near}\"?" : "";

    static void CheckVersion(string id, PluginDependency need, PluginBuilder found, List<string> problems)
    {
        if (need.Versions is null || need.Id != found.Manifest.Id) return;
        if (!VersionRange.TryParse(need.Versions, out var range)) problems.Add($"The manifest of {id} has the range \"{need.Versions}\" "
            + $"for {need.Id}, which isn't valid. Write it as in \"[1.0,2.0)\".");
        else if (VersionRange.VersionOf(found.Version ?? "") is not { } version || !range.Contains(version)) problems.Add(
            $"{id} requires {need.Id} {need.Versions}, and {found.Version ?? "an unknown version"} is installed. "
            + $"Install a version of {need.Id} in this range.");
    }

    static void CheckScopes(PluginBuilder plugin, IReadOnlyList<BlueprintPlace> places, List<string> problems)
    {
        var id = plugin.Manifest.Id;
        foreach (var name in plugin.BlueprintScopes.Select(scope => scope.Blueprint!).Concat(plugin.OnlyFor).Distinct()
            .Where(blueprint => !places.Any(place => place.Blueprints.Contains(blueprint))).Select(blueprint => blueprint.Name))
            problems.Add($"{id} is for blueprint \"{name}\", which isn't registered. Call app.Register(…) with it.");
        if (plugin.OnlyFor.Count > 0 && plugin.Layers.Count > 0) problems.Add(
            $"{id} is installed for blueprints only, but adds middleware around the whole application. Install it without onlyFor.");
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
        var claims = plugins.SelectMany(plugin => plugin.Declared).Where(claim => claim.Key is not null);
        foreach (var clash in claims.GroupBy(claim => (object)(claim.Word, claim.Key)).Where(group => group.Count() > 1))
        {
            string[] ids = [.. clash.Select(claim => claim.Plugin!).Distinct()];
            var what = $"{clash.First().Word} for \"{clash.First().Name}\"";
            problems.Add(ids.Length == 1 ? $"{ids[0]} calls {what} twice. Declare it once in Install."
                : $"{string.Join(", ", ids[..^1])} and {ids[^1]} call {what}. Install only one of them.");
        }
        foreach (var plugin in plugins)
            foreach (var (type, _) in plugin.ResponseConverters.Where(converter => ResponseConverter.IsOwn(converter.Type))) problems.Add(
                $"{plugin.Manifest.Id} makes responses of type \"{TypeName.Of(type)}\", which the core already converts. " +
                "Return the plugin's own type from the views instead.");
    }

    /// <summary>Orders plugins by their dependencies and hints, and otherwise by their installation.</summary>
    static List<PluginBuilder> Sort(List<PluginBuilder> plugins, List<string> problems) => Sort(plugins, IsOutside, problems, names =>
        $"The plugins {names} each want to run inside the next. "
            + "Remove one of the hints Before, After or Dependencies from their manifests.");

    List<PluginBuilder> SortSends(List<string> problems) => Sort([.. Sorted.Reverse()], SendsFirst, problems, names =>
        $"The plugins {names} each want to send after the next. Remove one of the hints SendsBefore or SendsAfter from their manifests.");

    static List<PluginBuilder> Sort(
        List<PluginBuilder> plugins, Func<PluginManifest, PluginManifest, bool> isFirst, List<string> problems,
        Func<string, string> circle)
    {
        var (sorted, path) = (new List<PluginBuilder>(), new List<PluginBuilder>());
        foreach (var plugin in plugins) Visit(plugin);
        return sorted;

        void Visit(PluginBuilder plugin)
        {
            if (sorted.Contains(plugin)) return;
            if (path.IndexOf(plugin) is >= 0 and var start)
            {
                problems.Add(circle(string.Join(" → ", path.Skip(start).Append(plugin).Select(one => one.Manifest.Id))));
                return;
            }
            path.Add(plugin);
            foreach (var other in plugins.Where(other => other != plugin && isFirst(other.Manifest, plugin.Manifest))) Visit(other);
            path.RemoveAt(path.Count - 1);
            if (!sorted.Contains(plugin)) sorted.Add(plugin);
        }
    }

    static bool IsOutside(PluginManifest other, PluginManifest inner) =>
        inner.Dependencies.Select(need => need.Id).Concat(inner.After).Any(other.Answers) || other.Before.Any(inner.Answers);

    static bool SendsFirst(PluginManifest other, PluginManifest later) =>
        later.SendsAfter.Any(other.Answers) || other.SendsBefore.Any(later.Answers);

    internal static void Throw(IReadOnlyList<string> problems, IReadOnlyList<Exception> causes)
    {
        if (problems.Count == 0) return;
        var inner = causes.Count > 1 ? new AggregateException(causes) : causes.Count == 1 ? causes[0] : null;
        throw new ModularException(problems.Count == 1 ? problems[0] : $"The application can't start, for {problems.Count} reasons.\n"
            + string.Join('\n', problems.Select((problem, i) => $"{i + 1}. {problem}")), inner);
    }
}
