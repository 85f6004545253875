using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using DotLiquid;
using DotLiquid.NamingConventions;

namespace Modular.Templating.Liquid;

/// <summary>A filter, ready to be called.</summary>
delegate object? LiquidFilter(LiquidContext context, object? value, TemplateArguments arguments);

/// <summary>
/// The filters of one application. DotLiquid would put its table of filters together anew for each page, by reflection; here it is made once, with the core's filters, the
/// application's and its plugins' before those of DotLiquid.
/// </summary>
static class LiquidFilters
{
    static readonly RubyNamingConvention Names = new();

    // Filters that add to HTML, or change its letters or white space, give HTML again. What they add is escaped first. All others give text of HTML, to be escaped.
    static readonly FrozenSet<string> KeepMarkup = FrozenSet.Create("append", "capitalize", "downcase", "lstrip", "newline_to_br", "prepend", "remove", "remove_first",
        "replace", "replace_first", "rstrip", "strip", "strip_newlines", "upcase");

    internal static FrozenDictionary<string, LiquidFilter> Of(TemplateLibrary library, IReadOnlyList<Type> classes)
    {
        var all = new Dictionary<string, LiquidFilter>();
        foreach (var type in (Type[])[typeof(StandardFilters), .. classes])
            foreach (var methods in type.GetMethods(BindingFlags.Public | BindingFlags.Static).GroupBy(method => Names.GetMemberName(method.Name)))
                all[methods.Key] = FromMethods(methods.Key, [.. methods]);
        foreach (var (name, filter) in Own) all[name] = filter;
        foreach (var (name, filter) in library.Filters) all[name] = (_, value, arguments) => filter(value, arguments);
        all["h"] = all["escape"];
        return all.ToFrozenDictionary();
    }

    /// <summary>The name that was probably meant, with a blank after it; empty when none is near.</summary>
    internal static string Near(string name, IReadOnlyDictionary<string, LiquidFilter> filters) =>
        filters.Keys.FirstOrDefault(other => string.Equals(Plain(other), Plain(name), StringComparison.OrdinalIgnoreCase)) is { } near ? $"Did you mean \"{near}\"? " : "";

    static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);

    // Those of DotLiquid that read by rules of its own, or lose markup on the way.
    static readonly Dictionary<string, LiquidFilter> Own = new()
    {
        ["default"] = (_, value, arguments) => value is null or false or "" || value is IEnumerable items and not string && !items.Cast<object?>().Any() ? arguments.Get(0, "value", (object?)"") : value,
        ["escape_once"] = (_, value, _) => value is Modular.Markup ? value : Modular.Markup.Escape(new Modular.Markup(Text(value)).Unescape()),
        ["newline_to_br"] = (_, value, _) => new Modular.Markup(Modular.Markup.Escape(value).ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "<br />\n", StringComparison.Ordinal)),
        ["strip_html"] = (_, value, _) => new Modular.Markup(Text(value)).StripTags(),
        ["join"] = (_, value, arguments) => Join(value, arguments.Get(0, "glue", (object?)" ")),
        ["size"] = (_, value, _) => value is null ? 0 : TemplateData.TryGetMember(value, "size", out var size) ? size : 0,
        ["first"] = (_, value, _) => TemplateData.TryGetMember(value, "first", out var first) ? first : null,
        ["last"] = (_, value, _) => TemplateData.TryGetMember(value, "last", out var last) ? last : null,
        ["map"] = (_, value, arguments) => Items(value).Select(item => Member(item, arguments)).ToList(),
        ["sort"] = (_, value, arguments) => Sorted(value, arguments, StringComparer.Ordinal),
        ["sort_natural"] = (_, value, arguments) => Sorted(value, arguments, StringComparer.OrdinalIgnoreCase),
    };

    static object? Join(object? value, object? glue)
    {
        List<object?> items = [.. Items(value)];
        if (glue is not Modular.Markup && !items.Exists(item => item is Modular.Markup)) return string.Join(Text(glue), items.Select(Text));
        return Modular.Markup.Escape(glue).Join(items);
    }

    static List<object?> Sorted(object? value, TemplateArguments arguments, StringComparer texts)
    {
        List<object?> items = [.. Items(value)];
        var hasName = arguments.Positional.Count > 0;
        return [.. items.OrderBy(item => hasName ? Member(item, arguments) : item, Comparer<object?>.Create((a, b) =>
            a is null || b is null ? (a is null ? 0 : 1) - (b is null ? 0 : 1) : a is IComparable && a.GetType() == b.GetType() && a is not string ? ((IComparable)a).CompareTo(b) : texts.Compare(Text(a), Text(b))))];
    }

    static object? Member(object? item, TemplateArguments arguments) => TemplateData.TryGetMember(item, arguments.Get(0, "property", ""), out var member) ? member : null;

    static IEnumerable<object?> Items(object? value) => value switch
    {
        null => [],
        string => [value],
        IEnumerable items => items.Cast<object?>(),
        _ => [value],
    };

    static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // The overload with as many parameters as there are arguments, else the longest, as DotLiquid chooses.
    static LiquidFilter FromMethods(string name, MethodInfo[] methods)
    {
        LiquidMethod[] overloads = [.. methods.Select(method => new LiquidMethod(name, method)).OrderByDescending(method => method.Parameters)];
        var keeps = KeepMarkup.Contains(name);
        return (context, value, arguments) =>
        {
            var overload = Array.Find(overloads, method => method.Parameters == arguments.Positional.Count + 1) ?? overloads[0];
            return keeps && value is Modular.Markup ? new Modular.Markup(Text(overload.Call(context, value, arguments, escaping: true))) : overload.Call(context, value, arguments, escaping: false);
        };
    }
}
