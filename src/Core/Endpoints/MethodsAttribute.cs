namespace Modular;

/// <summary>The methods that a view handles when its rule names none, as Flask's <c>view.methods</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MethodsAttribute(params string[] methods) : Attribute
{
    internal IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>Methods in addition to the rule's, such as a decorator's OPTIONS.</summary>
    public string[] Required { get; init; } = [];

    /// <summary>False: there is no automatic response to OPTIONS.</summary>
    public bool ProvideAutomaticOptions { get; init; } = true;
}
