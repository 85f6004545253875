namespace Modular;

/// <summary>All plugins of one application. Checks their cards and declarations together and tells everything that is wrong at once.</summary>
sealed class PluginSet
{
    readonly List<PluginRecord> _plugins = [];

    internal IReadOnlyList<PluginRecord> Installed => _plugins;

    internal void Add(PluginRecord plugin) => _plugins.Add(plugin);

    /// <summary>The plugins, outermost first.</summary>
    /// <param name="core">The version of Modular.Core.</param>
    /// <param name="problems">Takes one problem with its remedy each.</param>
    internal IReadOnlyList<PluginRecord> Check(Version core, List<string> problems)
    {
        foreach (var twice in _plugins.GroupBy(p => p.Card.Id).Where(group => group.Count() > 1))
            problems.Add($"{twice.Key} is installed {twice.Count()} times. Remove all calls but one.");
        foreach (var plugin in _plugins)
        {
            CheckCore(plugin.Card, core, problems);
            foreach (var need in plugin.Card.Needs.Where(need => !_plugins.Exists(other => PluginOrder.Answers(other, need.Id))))
                problems.Add($"{plugin.Card.Id} needs {need.Id}, which is not installed. Add the package {need.Id} and call {need.Install}.");
        }
        CheckClashes(problems);
        return PluginOrder.Sort([.. _plugins.DistinctBy(p => p.Card.Id)], problems);
    }

    static void CheckCore(PluginCard card, Version core, List<string> problems)
    {
        if (!VersionRange.TryParse(card.CoreRange, out var range)) problems.Add(
            $"The card of {card.Id} has the core range \"{card.CoreRange}\", which is none. Write it as in \"[1.0,2.0)\".");
        else if (!range.Contains(core)) problems.Add(
            $"{card.Id}{(card.Version is { } version ? $" {version}" : "")} was made for Modular.Core {card.CoreRange}, and this is {core.ToString(3)}. " +
            $"Install a version of {card.Id} for this core, or the core that it asks for.");
    }

    void CheckClashes(List<string> problems)
    {
        Clash("the slot", p => p.Openers.Select(o => (o.Slot, o.Slot.ToString()!)));
        Clash("the application slot", p => p.Provided.Select(o => (o.Slot, o.Slot.ToString()!)));
        Clash("the converter", p => p.Converters.Select(c => ((object)c.Name, c.Name)));
        Clash("answers of type", p => p.ResponseConverters.Select(c => ((object)c.Type, c.Type.Name)));
        Clash("the template global", p => p.TemplateGlobals.Select(g => ((object)g.Name, g.Name)));
        Clash("the template filter", p => p.TemplateFilters.Select(f => ((object)f.Name, f.Name)));
        Clash("the command", p => p.Commands.Select(c => ((object)c.Name, c.Name)));

        void Clash(string what, Func<PluginRecord, IEnumerable<(object Key, string Name)>> claims)
        {
            var clashes = _plugins.SelectMany(plugin => claims(plugin).Select(claim => (plugin.Card.Id, claim.Key, claim.Name)))
                .GroupBy(claim => claim.Key).Where(group => group.Count() > 1);
            foreach (var clash in clashes) problems.Add(
                $"{string.Join(" and ", clash.Select(c => c.Id))} both claim {what} \"{clash.First().Name}\". Install only one of them.");
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
