namespace Modular;

// What templates get to see.
public abstract partial class Scaffold
{
    internal List<ContextProcessor> Processors { get; } = [];
    internal List<(string Name, Func<RequestContext, object?> Value)> Globals { get; } = [];
    internal List<(string Name, Func<RequestContext, TemplateArguments, object?> Function)> Functions { get; } = [];
    internal List<(string Name, TemplateFilter Filter)> Filters { get; } = [];

    /// <summary>Gives values to every page of the application or, on a blueprint, of its requests; as Flask's <c>context_processor</c>.</summary>
    /// <remarks>Order: of two values with one name, that of the innermost blueprint counts, and within one scope the first.</remarks>
    public void ContextProcessor(ContextProcessor processor)
    {
        CheckChange();
        Processors.Add(processor);
    }

    /// <summary>Adds a name to every template of the application, also when it is added to a blueprint. It is evaluated once for each page that reads it.</summary>
    /// <remarks>Order: the last one of a name counts, and the application's before a plugin's.</remarks>
    public void TemplateGlobal(string name, Func<RequestContext, object?> value)
    {
        CheckChange();
        Globals.Add((name, value));
    }

    /// <inheritdoc cref="TemplateGlobal(string, Func{RequestContext, object?})"/>
    /// <summary>Adds a value that is the same on every page.</summary>
    /// <exception cref="ModularException">The value is a delegate, which nobody would call.</exception>
    public void TemplateGlobal(string name, object? value)
    {
        if (value is Delegate) throw new ModularException(
            $"Template global \"{name}\" was given {TypeName.Of(value.GetType())}, which templates don't call. Write TemplateGlobal(\"{name}\", _ => …) for a value, or TemplateFunction(\"{name}\", …).");
        TemplateGlobal(name, _ => value);
    }

    /// <summary>Adds a function that every template of the application can call, with arguments by position and by name: <c>{{ icon('star', size=16) }}</c> in Liquid, <c>{{icon "star" size=16}}</c> in Handlebars.</summary>
    /// <remarks>Order: the last one of a name counts, and the application's before a plugin's.</remarks>
    /// <exception cref="ModularException">The name is that of a filter of the core, such as <c>escape</c>: in Handlebars both are helpers.</exception>
    public void TemplateFunction(string name, Func<RequestContext, TemplateArguments, object?> function)
    {
        CheckChange();
        CheckFilterName(name);
        Functions.Add((name, function));
    }

    /// <summary>Adds a filter to every template of the application. One that gives true or false is what Jinja calls a test.</summary>
    /// <remarks>Order: the last one of a name counts, and the application's before a plugin's and the engine's.</remarks>
    /// <exception cref="ModularException">The name is one of the core's: <c>safe</c>, <c>e</c>, <c>escape</c>, <c>forceescape</c>, <c>striptags</c>, <c>tojson</c>, or <c>h</c>.</exception>
    public void TemplateFilter(string name, TemplateFilter filter)
    {
        CheckChange();
        CheckFilterName(name);
        Filters.Add((name, filter));
    }

    // In Handlebars a function of such a name would take the filter's place.
    internal virtual void CheckFilterName(string name)
    {
        if (IsFilter(name)) throw new ModularException($"The template filter \"{name}\" is the core's, and pages rely on it for escaping. Give yours another name.");
    }

    /// <summary>True for a filter that pages rely on for escaping, which no plugin may take. <c>h</c> is Liquid's other word for <c>escape</c>.</summary>
    internal static bool IsFilter(string name) => name is "safe" or "e" or "escape" or "forceescape" or "striptags" or "tojson" or "h";

    /// <summary>True for a value or function that every page knows, which no plugin may take.</summary>
    internal static bool IsGlobal(string name) => name is "request" or "g" or "config" or "url_for";

    void JoinTemplates(Scaffold part)
    {
        Processors.AddRange(part.Processors);
        Globals.AddRange(part.Globals);
        Functions.AddRange(part.Functions);
        Filters.AddRange(part.Filters);
    }
}
