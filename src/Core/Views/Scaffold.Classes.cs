namespace Modular;

// Views as classes.
public abstract partial class Scaffold
{
    /// <summary>Binds a rule to a class with one method for each HTTP method; see <see cref="MethodView"/>.</summary>
    /// <param name="rule">As for the other overloads.</param>
    /// <param name="endpoint">Default: the class's name.</param>
    /// <param name="options">As for the other overloads; its methods are the class's.</param>
    /// <exception cref="ModularException">The class has no such method, or one of them has a parameter that cannot be filled.</exception>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Route<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        string rule, string? endpoint = null, RuleOptions? options = null)
        where T : MethodView =>
        Add(rule, IdentityOf<T>, parsed => new MethodViewSource(typeof(T), parsed), endpoint ?? typeof(T).Name, MethodViewSource.HttpMethodsOf(typeof(T)), options, null);

    // Tells one class from another, as a view's delegate tells views.
    static Type IdentityOf<T>() => typeof(T);
}
