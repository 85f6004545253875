namespace Modular;

/// <summary>All plugins of one application. Checks their cards and declarations together and tells everything that is wrong at once.</summary>
sealed class PluginSet
{
    readonly List<PluginRecord> _plugins = [];
    readonly List<string> _problems = [];

    internal IReadOnlyList<PluginRecord> Installed => _plugins;

    /// <summary>The plugins, outermost first, whatever is wrong with them.</summary>
    internal IReadOnlyList<PluginRecord> Sorted => PluginOrder.Sort([.. _plugins.DistinctBy(plugin => plugin.Card.Id)], []);

    internal void Add(PluginRecord plugin) => _plugins.Add(plugin);

    /// <summary>True when one of this id is there already, which <see cref="Check"/> is going to tell.</summary>
    internal bool Has(string id) => _plugins.Exists(plugin => plugin.Card.Id == id);

    /// <summary>Keeps what went wrong while a plugin was installed, to be told with the rest.</summary>
    internal void Report(string problem) => _problems.Add(problem);

    /// <summary>The plugins, outermost first.</summary>
    /// <param name="core">The version of Modular.Core.</param>
    /// <param name="problems">Takes one problem with its remedy each.</param>
    internal IReadOnlyList<PluginRecord> Check(Version core, List<string> problems)
    {
        problems.AddRange(_problems);
        foreach (var twice in _plugins.GroupBy(p => p.Card.Id).Where(group => group.Count() > 1))
            problems.Add($"{twice.Key} is installed {twice.Count()} times. Remove all calls but one.");
        foreach (var plugin in _plugins)
        {
            CheckCore(plugin.Card, plugin.Version, core, problems);
            foreach (var need in plugin.Card.Needs.Where(need => !_plugins.Exists(other => PluginOrder.Answers(other, need.Id))))
                problems.Add($"{plugin.Card.Id} needs {need.Id}, which is not installed. Add the package {need.Id} and call {need.Install}.");
        }
        List<PluginRecord> distinct = [.. _plugins.DistinctBy(p => p.Card.Id)];
        CheckClaims(distinct, problems);
        return PluginOrder.Sort(distinct, problems);
    }

    static void CheckCore(PluginCard card, string? version, Version core, List<string> problems)
    {
        if (!VersionRange.TryParse(card.CoreRange, out var range)) problems.Add(
            $"The card of {card.Id} has the core range \"{card.CoreRange}\", which is none. Write it as in \"[1.0,2.0)\".");
        else if (!range.Contains(core)) problems.Add(
            $"{card.Id} {version} was made for Modular.Core {card.CoreRange}, and this is {core.ToString(3)}. " +
            $"Install a version of {card.Id} for this core, or the core that it asks for.");
    }

    static void CheckClaims(List<PluginRecord> plugins, List<string> problems)
    {
        Check("the slot", p => p.Openers.Select(o => (o.Slot, o.Slot.ToString()!)));
        Check("the application slot", p => p.Provided.Select(o => (o.Slot, o.Slot.ToString()!)));
        Check("the converter", p => p.Converters.Select(c => ((object)c.Name, c.Name)));
        Check("answers of type", p => p.ResponseConverters.Select(c => ((object)c.Type, TypeName.Of(c.Type))));
        Check("the forms of type", p => p.FormReaders.Select(reader => ((object)reader.MediaType.ToLowerInvariant(), reader.MediaType)));
        Check("view parameters of type", p => p.ViewParameters.Select(v => ((object)v.Type, TypeName.Of(v.Type))));
        Check("the template global", p => GlobalsOf(p).Select(name => ((object)name, name)));
        Check("the template filter", p => FiltersOf(p).Select(name => ((object)name, name)));

        foreach (var plugin in plugins)
            foreach (var (type, _) in plugin.ResponseConverters.Where(c => ResponseConverter.IsOwn(c.Type)))
                problems.Add($"{plugin.Card.Id} makes answers of type \"{TypeName.Of(type)}\", which the core answers by itself. Return a type of its own from the views instead.");

        foreach (var plugin in plugins)
        {
            foreach (var name in GlobalsOf(plugin).Where(Scaffold.IsGlobal))
                problems.Add($"{plugin.Card.Id} brings the template global \"{name}\", which the core has. Give it another name.");
            foreach (var name in FiltersOf(plugin).Concat(FunctionsOf(plugin)).Where(Scaffold.IsFilter))
                problems.Add($"{plugin.Card.Id} brings the template filter \"{name}\", which the core has. Give it another name.");
        }

        static IEnumerable<string> GlobalsOf(PluginRecord plugin) => plugin.Scopes.SelectMany(scope => scope.Globals.Select(global => global.Name)).Concat(FunctionsOf(plugin));

        static IEnumerable<string> FunctionsOf(PluginRecord plugin) => plugin.Scopes.SelectMany(scope => scope.Functions.Select(function => function.Name));

        static IEnumerable<string> FiltersOf(PluginRecord plugin) => plugin.Scopes.SelectMany(scope => scope.Filters.Select(filter => filter.Name));

        void Check(string what, Func<PluginRecord, IEnumerable<(object Key, string Name)>> claims)
        {
            var clashes = plugins.SelectMany(plugin => claims(plugin).Select(claim => (plugin.Card.Id, claim.Key, claim.Name)))
                .GroupBy(claim => claim.Key).Where(group => group.Count() > 1);
            foreach (var clash in clashes)
            {
                string[] ids = [.. clash.Select(c => c.Id).Distinct()];
                problems.Add(ids.Length == 1
                    ? $"{ids[0]} claims {what} \"{clash.First().Name}\" twice. Declare it once in Install."
                    : $"{string.Join(", ", ids[..^1])} and {ids[^1]} claim {what} \"{clash.First().Name}\". Install only one of them.");
            }
        }
    }

    /// <summary>One exception for all problems; none when there is none.</summary>
    internal static void Throw(IReadOnlyList<string> problems)
    {
        if (problems.Count == 1) throw new ModularException(problems[0]);
        if (problems.Count > 1) throw new ModularException(
            $"The application cannot start, for {problems.Count} reasons.\n{string.Join('\n', problems.Select((problem, i) => $"{i + 1}. {problem}"))}");
    }
}
