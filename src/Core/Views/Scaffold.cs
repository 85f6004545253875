namespace Modular;

/// <summary>What an application and a blueprint have in common: rules, hooks and error handlers (Flask's word for it).</summary>
public abstract partial class Scaffold
{
    internal Scaffold()
    {
    }

    internal HookSet Hooks { get; } = new();

    /// <summary>Throws when nothing may be changed any more.</summary>
    /// <param name="word">What was called.</param>
    internal abstract void CheckChange([CallerMemberName] string word = "");

    /// <summary>Takes a rule.</summary>
    internal abstract void Take(RouteSpec spec);

    /// <summary>Takes over what another scope would do for all of the application.</summary>
    internal void Join(Scaffold part)
    {
        Hooks.Before.AddRange(part.Hooks.Before);
        Hooks.After.AddRange(part.Hooks.After);
        Hooks.Teardown.AddRange(part.Hooks.Teardown);
        foreach (var (status, bind) in part.Hooks.ByStatus) AddError(bind, status, bind);
        foreach (var (type, bind) in part.Hooks.ByType) AddError(bind, type, bind);
        Preprocessors.AddRange(part.Preprocessors);
        Defaults.AddRange(part.Defaults);
        JoinTemplates(part);
    }

    RouteBuilder Add(string rule, Delegate handler, View view, string? endpoint, string[]? methods, RuleOptions? options, string? viewText) =>
        Add(rule, handler, _ => new PlainViewSource(view, handler.Method), endpoint, methods, options, viewText);

    [RequiresUnreferencedCode(Reflects), RequiresDynamicCode(Reflects)]
    RouteBuilder Add(string rule, Delegate handler, string? endpoint, string[]? methods, RuleOptions? options, string? viewText, string? untyped = null) =>
        Add(rule, handler, parsed => new ViewBinder(handler, $"the view for rule \"{parsed}\"", ViewKind.View, parsed, untyped: untyped), endpoint, methods, options, viewText);

    RouteBuilder Add(string rule, Delegate handler, Func<Rule, ViewSource> source, string? endpoint, string[]? methods, RuleOptions? options, string? viewText)
    {
        CheckChange("Route");
        if (handler is null) throw new ModularException($"Rule \"{rule}\" has no view. Give a method or a lambda.");
        var (own, given) = (handler.Method.GetCustomAttribute<MethodsAttribute>(), options ?? new());
        if ((methods ?? given.Methods ?? (own is { Methods.Count: 0, Required.Length: 0, ProvideAutomaticOptions: true } ? own.Methods : null)) is { Count: 0 })
            throw new ModularException($"Rule \"{rule}\" has an empty list of methods. Write those that it answers, such as methods: [\"GET\", \"POST\"], or leave the list out for GET.");
        if (own is { ProvideAutomaticOptions: false }) given = given with { ProvideAutomaticOptions = given.ProvideAutomaticOptions ?? false };
        var spec = new RouteSpec
        {
            Rule = rule, Handler = handler, Source = source, Endpoint = endpoint, ViewText = viewText, Options = given,
            Methods = [.. methods ?? given.Methods ?? (own is { Methods.Count: > 0 } ? own.Methods : ["GET"]), .. own?.Required ?? []],
        };
        RuleMethods.Check(spec.Rule, spec.Endpoint, spec.Methods);
        Take(spec);
        return spec.Builder;
    }
}
