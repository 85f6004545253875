namespace Modular;

/// <summary>The words of every template that no plugin may take.</summary>
static class TemplateWords
{
    /// <summary>True for a filter that pages rely on for escaping. <c>h</c> is Liquid's other word for <c>escape</c>.</summary>
    internal static bool IsFilter(string name) => name is "safe" or "e" or "escape" or "forceescape" or "striptags" or "tojson" or "h";

    /// <summary>True for a value or function that every page knows.</summary>
    internal static bool IsGlobal(string name) => name is "request" or "g" or "config" or "url_for";
}
