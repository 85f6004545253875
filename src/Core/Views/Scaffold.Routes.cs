namespace Modular;

// The words that add rules. The plain shapes of views need no reflection; all others go through the binder.
public abstract partial class Scaffold
{
    const string Reflects = "A view of this shape is bound by reflection. For trimmed and AOT applications give a view without parameters, or one that takes the RequestContext.";

    /// <summary>Binds a rule in Flask's syntax, such as <c>/user/&lt;name&gt;</c> or <c>/post/&lt;int:id&gt;</c>, to a view.</summary>
    /// <param name="rule">Starts with a slash. One that ends in a slash also answers without it, by a redirect.</param>
    /// <param name="view">What answers. Text is <c>text/html</c>.</param>
    /// <param name="endpoint">The name for <c>UrlFor</c>. Default: the name of the method or variable given as view; a lambda's is its methods and rule.</param>
    /// <param name="methods">Default GET. HEAD comes with GET, OPTIONS is answered by itself.</param>
    /// <param name="options">Defaults, host, slashes and the like.</param>
    /// <param name="viewText">Filled in by the compiler.</param>
    /// <exception cref="ModularException">The rule is malformed or there already, the endpoint is another view's, a parameter of the view cannot be filled, or the application answers requests already.</exception>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Route(string rule, Func<string> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, PlainViews.Of(view), endpoint, methods, options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Route(string rule, Func<Response> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, PlainViews.Of(view), endpoint, methods, options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Route(string rule, Func<RequestContext, Response> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, PlainViews.Of(view), endpoint, methods, options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Route(string rule, Func<Task<string>> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, PlainViews.Of(view), endpoint, methods, options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Route(string rule, Func<Task<Response>> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, PlainViews.Of(view), endpoint, methods, options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Route(string rule, Func<RequestContext, Task<Response>> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, PlainViews.Of(view), endpoint, methods, options, viewText);

    /// <summary>As the other overloads, for a view that takes one text: the rule's variable of that name. So <c>id => …</c> needs no type.</summary>
    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Route(string rule, TextView view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, endpoint, methods, options, viewText, HookText.ParameterOf(viewText));

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Route(string rule, TextViewAsync view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, endpoint, methods, options, viewText, HookText.ParameterOf(viewText));

    /// <summary>As the other overloads, for a view of any shape: its parameters are the rule's variables, services, <see cref="RequestContext"/>, <see cref="HttpContext"/>, a <see cref="CancellationToken"/>, or a JSON body.</summary>
    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Route(string rule, Delegate view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Add(rule, view, endpoint, methods, options, viewText);
}
