namespace Modular;

/// <summary>What binding needs of the frozen application.</summary>
/// <param name="IsService">Tells services from JSON bodies.</param>
/// <param name="Converter">Makes responses of what views return.</param>
/// <param name="Parameters">What plugins let views take.</param>
sealed record ViewServices(Func<Type, bool> IsService, ResponseConverter Converter, IReadOnlyDictionary<Type, PluginParameter> Parameters);

/// <summary>What a plugin fills a view's parameter with.</summary>
/// <param name="Value">Makes it.</param>
/// <param name="ReadsBody">True when the view reads the body by it.</param>
sealed record PluginParameter(Func<RequestContext, object> Value, bool ReadsBody);
