namespace Modular;

/// <summary>What binding needs of the frozen application.</summary>
/// <param name="IsService">Tells services from JSON bodies.</param>
/// <param name="IsKeyedService">The same for services with a key.</param>
/// <param name="Converter">Makes responses of what views return.</param>
/// <param name="Parameters">What plugins let views take.</param>
sealed record ViewServices(Func<Type, bool> IsService, Func<Type, object, bool> IsKeyedService, ResponseConverter Converter, IReadOnlyDictionary<Type, PluginParameter> Parameters);

/// <summary>What a plugin fills a view's parameter with.</summary>
/// <param name="Value">Makes it.</param>
/// <param name="ReadsBody">True when the view reads the body by it.</param>
sealed record PluginParameter(Func<RequestContext, object> Value, bool ReadsBody);
