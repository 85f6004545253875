namespace Modular.Plugins;
/// <summary>x</summary>
public interface IPluginMetadata {
 /// <summary>x</summary>
 PluginDependency Plugin { get; } }
static class Tmp { internal static void WithMetadata(this RouteGroup group, object metadata) => throw new NotImplementedException(); }
