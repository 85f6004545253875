namespace Modular;

// The words that bind a rule to a view. All shapes of views are bound in one way; the overloads only tell the compiler their types.
public abstract partial class RouteGroup
{
    /// <summary>Binds a rule in Flask's syntax, such as <c>/user/&lt;name&gt;</c> or <c>/post/&lt;int:id&gt;</c>, to a view.</summary>
    /// <param name="rule">Starts with a slash. A rule that ends with a slash redirects requests without it.</param>
    /// <param name="view">Takes the rule's variables, services, the request's parts or a JSON body. Returns text (<c>text/html</c>),
    /// a <see cref="Response"/>, a tuple, an object (JSON), a task.</param>
    /// <param name="endpoint">For <c>UrlFor</c>. Default: that of the view's method; of a lambda, methods and rule.</param>
    /// <param name="methods">Default GET. GET includes HEAD, and OPTIONS is automatic.</param>
    /// <param name="options">Defaults, host, slashes and the like.</param>
    /// <exception cref="ModularException">The rule is malformed or exists already, or the view can't be bound.</exception>
    public RouteHandlerBuilder Route(
        string rule, Delegate view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, methods, options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Route(
        string rule, Func<Response> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, methods, options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Route<T>(
        string rule, Func<RequestContext, T> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null) =>
        Add(rule, Shaped(view), endpoint, methods, options);

    /// <summary>As the other overloads, for a view <c>id => …</c>, which gets the rule's variable of that name as text.</summary>
    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(EditorBrowsableState.Never)]
    public RouteHandlerBuilder Route<T>(
        string rule, TextView<T> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, Shaped(view), endpoint, methods, options, viewText);

    /// <summary>Binds a rule for GET alone (and HEAD).</summary>
    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Get(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["GET"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Get(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["GET"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Get<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, Shaped(view), endpoint, ["GET"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(EditorBrowsableState.Never)]
    public RouteHandlerBuilder Get<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, Shaped(view), endpoint, ["GET"], options, viewText);

    /// <summary>Binds a rule for POST alone.</summary>
    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Post(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["POST"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Post(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["POST"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Post<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, Shaped(view), endpoint, ["POST"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(EditorBrowsableState.Never)]
    public RouteHandlerBuilder Post<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, Shaped(view), endpoint, ["POST"], options, viewText);

    /// <summary>Binds a rule for PUT alone.</summary>
    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Put(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["PUT"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Put(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["PUT"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Put<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, Shaped(view), endpoint, ["PUT"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(EditorBrowsableState.Never)]
    public RouteHandlerBuilder Put<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, Shaped(view), endpoint, ["PUT"], options, viewText);

    /// <summary>Binds a rule for PATCH alone.</summary>
    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Patch(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["PATCH"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Patch(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["PATCH"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Patch<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, Shaped(view), endpoint, ["PATCH"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(EditorBrowsableState.Never)]
    public RouteHandlerBuilder Patch<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, Shaped(view), endpoint, ["PATCH"], options, viewText);

    /// <summary>Binds a rule for DELETE alone.</summary>
    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Delete(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["DELETE"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Delete(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["DELETE"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Delete<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, Shaped(view), endpoint, ["DELETE"], options);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(EditorBrowsableState.Never)]
    public RouteHandlerBuilder Delete<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, Shaped(view), endpoint, ["DELETE"], options, viewText);
}
