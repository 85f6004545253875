namespace Modular;

/// <summary>The methods that a view answers where its rule names none, as Flask's <c>view.methods</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MethodsAttribute(params string[] methods) : Attribute
{
    internal IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>Methods besides those that a rule gives the view, such as a decorator's OPTIONS.</summary>
    public string[] Required { get; init; } = [];

    /// <summary>False leaves OPTIONS to the view, or to nobody.</summary>
    public bool ProvideAutomaticOptions { get; init; } = true;
}
