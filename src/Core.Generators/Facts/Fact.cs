namespace Modular.Generators;

/// <summary>What one expression says about the endpoints of an application. Equal by value, so that the compiler's cache works.</summary>
abstract record Fact;

/// <summary>A rule that is added to the application, a blueprint, or something that isn't known.</summary>
/// <param name="Scope">Empty for the application, a blueprint's key, or null when it isn't known.</param>
/// <param name="Rule">Null when it isn't a constant.</param>
/// <param name="Endpoint">Null without a name that other code can use.</param>
/// <param name="IsKnown">False when the endpoint's name or its variables are known only when the program runs.</param>
/// <param name="HasDefaults">True when the rule's options have values that a URL may leave out.</param>
/// <param name="View">The view's method as <see cref="CoreNames.KeyOf"/> writes it; null for a lambda.</param>
sealed record RouteFact(string? Scope, string? Rule, string? Endpoint, bool IsKnown, bool HasDefaults, string? View = null) : Fact;

/// <summary>A blueprint that is created.</summary>
/// <param name="Keys">Of the variable that holds it and of the methods that return it.</param>
/// <param name="Name">Null when it isn't a constant.</param>
/// <param name="Prefix">Empty without one, null when it isn't a constant.</param>
sealed record BlueprintFact(Keys Keys, string? Name, string? Prefix, bool HasDefaults) : Fact;

/// <summary>A blueprint that is registered on the application or on another blueprint.</summary>
/// <param name="Parent">As <see cref="RouteFact.Scope"/>.</param>
/// <param name="Blueprint">Its key, or null when it isn't known.</param>
/// <param name="Name">Null without a name of the registration's own.</param>
/// <param name="Prefix">Null without a prefix of the registration's own.</param>
sealed record RegisterFact(string? Parent, string? Blueprint, string? Name, string? Prefix, bool IsKnown, bool HasDefaults) : Fact;

/// <summary>A call of <c>UrlDefaults</c>, which adds values to URLs.</summary>
sealed record UrlDefaultsFact : Fact;

/// <summary>A converter of the application's own.</summary>
/// <param name="Name">Null when it isn't a constant.</param>
sealed record ConverterFact(string? Name) : Fact;

/// <summary>A call such as <c>app.UseFlash()</c>.</summary>
/// <param name="Name">The name of the method.</param>
sealed record InstallFact(string Name) : Fact;

/// <summary>An application that is created.</summary>
sealed record AppFact : Fact;

sealed class Keys(IEnumerable<string> keys) : IEquatable<Keys>
{
    internal IReadOnlyList<string> All { get; } = [.. keys];

    public bool Equals(Keys? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as Keys);

    public override int GetHashCode() => All.Count == 0 ? 0 : StringComparer.Ordinal.GetHashCode(All[0]);
}
