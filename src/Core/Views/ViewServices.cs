namespace Modular;

/// <summary>What binding needs of the frozen application.</summary>
/// <param name="IsService">Tells services from JSON bodies.</param>
/// <param name="Converter">Makes responses of what views return.</param>
sealed record ViewServices(Func<Type, bool> IsService, ResponseConverter Converter);
