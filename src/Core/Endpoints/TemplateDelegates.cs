namespace Modular;

/// <summary>Gives values to every page of a scope; as Flask's context processor. Values that are handed to <c>RenderTemplate</c> win over them.</summary>
/// <returns>Names and values.</returns>
public delegate IEnumerable<(string Name, object? Value)> ContextProcessor(RequestContext context);

/// <summary>A filter: <c>{{ value | name: arguments }}</c> in Liquid, <c>{{name value arguments}}</c> in Handlebars.</summary>
/// <param name="value">What stands before it; <see cref="Markup"/> when it is HTML already.</param>
/// <param name="arguments">What stands after it.</param>
/// <returns>Text is escaped when it is written; <see cref="Markup"/> is not.</returns>
public delegate object? TemplateFilter(object? value, TemplateArguments arguments);
