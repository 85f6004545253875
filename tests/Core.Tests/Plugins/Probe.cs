namespace Modular.Tests;

/// <summary>A plugin with a card of a test's choice, for one promise at a time. ToyPlugins are whole ones.</summary>
sealed class Probe(PluginCard card, Action<IPluginHost>? install = null) : IPlugin
{
    internal Probe(string id, Action<IPluginHost>? install = null) : this(new PluginCard(id, "[0.1,)"), install)
    {
    }

    public PluginCard Card { get; } = card;

    public void Install(IPluginHost host) => install?.Invoke(host);

    /// <summary>One that writes its id down before and after each view.</summary>
    internal static Probe Tracing(PluginCard card, Action<string> write) => new(card, host =>
    {
        host.App.BeforeRequest(() => write(card.Id));
        host.App.AfterRequest(_ => write($"/{card.Id}"));
    });
}
