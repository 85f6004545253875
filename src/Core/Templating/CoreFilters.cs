namespace Modular;

/// <summary>The names of filters that pages rely on for escaping.</summary>
static class CoreFilters
{
    /// <summary>True when nobody else may take the name. <c>h</c> is Liquid's other word for <c>escape</c>.</summary>
    internal static bool IsOwn(string name) => name is "safe" or "e" or "escape" or "forceescape" or "striptags" or "tojson" or "h";
}
