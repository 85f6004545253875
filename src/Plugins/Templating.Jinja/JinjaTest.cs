namespace Modular.Templating.Jinja;

/// <summary>A test: <c>{% if value is name(arguments) %}</c>.</summary>
/// <param name="value">The value before <c>is</c>.</param>
/// <param name="arguments">The arguments after the name.</param>
public delegate bool JinjaTest(object? value, TemplateArguments arguments);
