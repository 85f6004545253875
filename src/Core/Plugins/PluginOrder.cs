namespace Modular;

/// <summary>Puts plugins in the order of their needs and hints; where those say nothing, in the order of their installation.</summary>
static class PluginOrder
{
    /// <param name="plugins">In order of installation, no id twice.</param>
    /// <param name="problems">Takes a sentence for each circle.</param>
    internal static IReadOnlyList<PluginRecord> Sort(IReadOnlyList<PluginRecord> plugins, List<string> problems)
    {
        var outer = plugins.ToDictionary(plugin => plugin, plugin => OuterOf(plugin, plugins));
        var sorted = new List<PluginRecord>(plugins.Count);
        var path = new List<PluginRecord>();
        foreach (var plugin in plugins) Visit(plugin);
        return sorted;

        void Visit(PluginRecord plugin)
        {
            if (sorted.Contains(plugin)) return;
            var start = path.IndexOf(plugin);
            if (start >= 0)
            {
                var names = string.Join(" → ", path.Skip(start).Append(plugin).Select(p => p.Card.Id));
                problems.Add($"The plugins {names} each want to run inside of the next. Remove one of the hints Before, After or Needs from their cards.");
                return;
            }
            path.Add(plugin);
            foreach (var other in outer[plugin]) Visit(other);
            path.RemoveAt(path.Count - 1);
            if (!sorted.Contains(plugin)) sorted.Add(plugin);
        }
    }

    static List<PluginRecord> OuterOf(PluginRecord plugin, IReadOnlyList<PluginRecord> all) =>
    [
        .. all.Where(other => other != plugin && (
            plugin.Card.Needs.Any(need => Answers(other, need.Id)) ||
            plugin.Card.After.Any(id => Answers(other, id)) ||
            other.Card.Before.Any(id => Answers(plugin, id)))),
    ];

    /// <summary>True when the plugin has this id, or stands in for it.</summary>
    internal static bool Answers(PluginRecord plugin, string id) => plugin.Card.Id == id || plugin.Card.Provides.Contains(id);
}
