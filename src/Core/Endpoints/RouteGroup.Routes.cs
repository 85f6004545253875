using System.ComponentModel;
using static System.ComponentModel.EditorBrowsableState;

namespace Modular;

// The words that bind a rule to a view. Views without parameters and views of the RequestContext need no reflection.
public abstract partial class RouteGroup
{
    const string Reflects = "This shape is bound by reflection. " +
        "For trimmed and AOT applications use a function without parameters, or one that takes the RequestContext.";

    /// <summary>Binds a rule in Flask's syntax, such as <c>/user/&lt;name&gt;</c> or <c>/post/&lt;int:id&gt;</c>, to a view.</summary>
    /// <param name="rule">Starts with a slash. A rule that ends with a slash redirects requests without it.</param>
    /// <param name="view">Returns text (<c>text/html</c>), a <see cref="Response"/>, a tuple, an object (JSON), a task.</param>
    /// <param name="endpoint">For <c>UrlFor</c>. Default: that of the view's method; of a lambda, methods and rule.</param>
    /// <param name="methods">Default GET. GET includes HEAD, and OPTIONS is automatic.</param>
    /// <param name="options">Defaults, host, slashes and the like.</param>
    /// <exception cref="ModularException">The rule is malformed or exists already, or the view can't be bound.</exception>
    public RouteHandlerBuilder Route<T>(
        string rule, Func<T> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, methods, options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Route(
        string rule, Func<Response> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, methods, options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Route<T>(
        string rule, Func<RequestContext, T> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null) =>
        Add(rule, view, view, endpoint, methods, options);

    /// <summary>As the other overloads, for a view <c>id => …</c>, which gets the rule's variable of that name as text.</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(Never), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Route<T>(
        string rule, TextView<T> view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, view, endpoint, methods, options, viewText);

    /// <summary>As the other overloads, for a view that takes the rule's variables, services, the request's parts or a JSON body.</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Route(
        string rule, Delegate view, string? endpoint = null, string[]? methods = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, methods, options);

    /// <summary>For a plugin's own shape of views: the handler gives the endpoint its name and attributes, and the view runs.</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Route<T>(string rule, Delegate handler, Func<RequestContext, T> view, string? endpoint = null,
        string[]? methods = null, RuleOptions? options = null) => Add(rule, handler, view, endpoint, methods, options);

    /// <summary>Binds a rule for GET alone (and HEAD).</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Get<T>(string rule, Func<T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["GET"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Get(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["GET"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Get<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, view, endpoint, ["GET"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(Never), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Get<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Get(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["GET"], options);

    /// <summary>Binds a rule for POST alone.</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Post<T>(string rule, Func<T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["POST"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Post(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["POST"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Post<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, view, endpoint, ["POST"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(Never), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Post<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Post(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["POST"], options);

    /// <summary>Binds a rule for PUT alone.</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Put<T>(string rule, Func<T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["PUT"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Put(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["PUT"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Put<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, view, endpoint, ["PUT"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(Never), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Put<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Put(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["PUT"], options);

    /// <summary>Binds a rule for PATCH alone.</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Patch<T>(string rule, Func<T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["PATCH"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Patch(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["PATCH"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Patch<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, view, endpoint, ["PATCH"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(Never), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Patch<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Patch(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["PATCH"], options);

    /// <summary>Binds a rule for DELETE alone.</summary>
    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Delete<T>(string rule, Func<T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["DELETE"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Delete(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, _ => view(), endpoint, ["DELETE"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    public RouteHandlerBuilder Delete<T>(string rule, Func<RequestContext, T> view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, view, endpoint, ["DELETE"], options);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [OverloadResolutionPriority(1), EditorBrowsable(Never), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Delete<T>(string rule, TextView<T> view, string? endpoint = null, RuleOptions? options = null,
        [CallerArgumentExpression("view")] string? viewText = null) => Add(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route{T}(string, Func{T}, string?, string[], RuleOptions?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteHandlerBuilder Delete(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null) =>
        Add(rule, view, endpoint, ["DELETE"], options);
}
