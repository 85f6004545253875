namespace Modular;

// Route for one method, by the method's name.
public abstract partial class Scaffold
{
    /// <summary>Binds a rule for GET alone (and HEAD).</summary>
    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Get(string rule, Func<string> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Get(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Get(string rule, Func<RequestContext, Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Get(string rule, Func<Task<string>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Get(string rule, Func<Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Get(string rule, Func<RequestContext, Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Get(string rule, TextView view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Get(string rule, TextViewAsync view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?, string?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Get(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["GET"], options, viewText);

    /// <summary>Binds a rule for POST alone.</summary>
    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Post(string rule, Func<string> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Post(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Post(string rule, Func<RequestContext, Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Post(string rule, Func<Task<string>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Post(string rule, Func<Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Post(string rule, Func<RequestContext, Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Post(string rule, TextView view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Post(string rule, TextViewAsync view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?, string?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Post(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["POST"], options, viewText);

    /// <summary>Binds a rule for PUT alone.</summary>
    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Put(string rule, Func<string> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Put(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Put(string rule, Func<RequestContext, Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Put(string rule, Func<Task<string>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Put(string rule, Func<Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Put(string rule, Func<RequestContext, Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Put(string rule, TextView view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Put(string rule, TextViewAsync view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?, string?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Put(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PUT"], options, viewText);

    /// <summary>Binds a rule for PATCH alone.</summary>
    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Patch(string rule, Func<string> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Patch(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Patch(string rule, Func<RequestContext, Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Patch(string rule, Func<Task<string>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Patch(string rule, Func<Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Patch(string rule, Func<RequestContext, Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Patch(string rule, TextView view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Patch(string rule, TextViewAsync view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?, string?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Patch(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["PATCH"], options, viewText);

    /// <summary>Binds a rule for DELETE alone.</summary>
    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Delete(string rule, Func<string> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Delete(string rule, Func<Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Delete(string rule, Func<RequestContext, Response> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1)]
    public RouteBuilder Delete(string rule, Func<Task<string>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Delete(string rule, Func<Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, Func{string}, string?, string[], RuleOptions?, string?)"/>
    public RouteBuilder Delete(string rule, Func<RequestContext, Task<Response>> view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Delete(string rule, TextView view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, TextView, string?, string[], RuleOptions?, string?)"/>
    [OverloadResolutionPriority(1), RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Delete(string rule, TextViewAsync view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);

    /// <inheritdoc cref="Route(string, Delegate, string?, string[], RuleOptions?, string?)"/>
    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    public RouteBuilder Delete(string rule, Delegate view, string? endpoint = null, RuleOptions? options = null, [CallerArgumentExpression(nameof(view))] string? viewText = null) =>
        Route(rule, view, endpoint, ["DELETE"], options, viewText);
}
