using System.Runtime.CompilerServices;

namespace Modular;

/// <summary>A plugin's own hooks, handlers and endpoints, for the application or for one blueprint.</summary>
sealed class PluginScope(PluginRecord record, Blueprint? blueprint) : Scaffold
{
    internal Blueprint? Blueprint { get; } = blueprint;

    internal override void Take(RouteSpec spec)
    {
        if (Blueprint is null) record.Routes.Add(spec);
        else Blueprint.Take(spec);
    }

    internal override void CheckChange([CallerMemberName] string word = "") => record.CheckChange(word);
}
