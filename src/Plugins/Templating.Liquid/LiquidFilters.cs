using System.Collections.Frozen;
using System.Reflection;
using DotLiquid;
using DotLiquid.NamingConventions;

namespace Modular.Templating.Liquid;

/// <summary>A filter that can be called.</summary>
delegate object? LiquidFilter(LiquidContext context, object? value, TemplateArguments arguments);

/// <summary>
/// The filters of one application. DotLiquid creates its filter table for each page by reflection. This table is created once. The core's
/// filters, the
/// application's and its plugins' filters come before DotLiquid's.
/// </summary>
static class LiquidFilters
{
    static readonly RubyNamingConvention Names = new();

    // Filters that add to HTML, or change its letters or white space, return HTML. Text that they add is escaped first. All others return
    // text, which is escaped.
    static readonly FrozenSet<string> KeepMarkup = FrozenSet.Create("append", "capitalize", "downcase", "lstrip", "newline_to_br",
        "prepend", "remove", "remove_first",
        "replace", "replace_first", "rstrip", "strip", "strip_newlines", "upcase");

    internal static FrozenDictionary<string, LiquidFilter> Of(TemplateLibrary library, IReadOnlyList<Type> classes)
    {
        var all = new Dictionary<string, LiquidFilter>();
        AddClasses([typeof(StandardFilters), typeof(LiquidTextFilters), typeof(LiquidNumberFilters)]);
        foreach (var (name, most, filter) in Own) all[name] = Limited(name, most, filter);
        AddClasses(classes);
        foreach (var (name, filter) in library.Filters) all[name] = (_, value, arguments) => filter(value, arguments);
        all["h"] = all["escape"];
        return all.ToFrozenDictionary();

        void AddClasses(IEnumerable<Type> types)
        {
            foreach (var type in types)
                foreach (var methods in MethodsOf(type)) all[methods.Key] = FromMethods(methods.Key, [.. methods]);
        }
    }

    /// <summary>The error message for invalid filter classes. Null when all are valid.</summary>
    internal static string? Check(IReadOnlyList<Type> classes)
    {
        var names = classes.SelectMany(type => MethodsOf(type).Select(methods => (Type: type, Name: methods.Key))).ToList();
        foreach (var (type, name) in names)
            if (name is "safe" or "e" or "escape" or "forceescape" or "striptags" or "tojson" or "h")
                return $"The class {type.Name} in LiquidOptions.Filters has the filter \"{name}\", which is reserved because pages use " +
                    "it for escaping. Rename the method.";
        return names.GroupBy(filter => filter.Name)
            .FirstOrDefault(group => group.Select(filter => filter.Type).Distinct().Skip(1).Any()) is { } clash
            ? $"The classes {string.Join(" and ", clash.Select(filter => filter.Type.Name).Distinct())} in LiquidOptions.Filters " +
                $"both have the filter \"{clash.Key}\". Remove one of them."
            : null;
    }

    static IEnumerable<IGrouping<string, MethodInfo>> MethodsOf(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static).GroupBy(method => Names.GetMemberName(method.Name));

    // Replacements for DotLiquid's filters that read values by other rules, lose markup, or don't count items.
    static readonly (string Name, int Most, LiquidFilter Filter)[] Own =
    [
        .. LiquidListFilters.All,
        ("default", 1, (context, value, arguments) => IsMissing(value) && !(value is false && arguments.Get(-1, "allow_false", false))
            ? arguments.Get(0, "value", (object?)"")
            : value),
        ("escape_once", 0, (context, value, _) => value is Modular.Markup
            ? value
            : Modular.Markup.Escape(new Modular.Markup(context.Page.TextOf(value)).Unescape())),
        ("newline_to_br", 0, (context, value, _) => NewlineToBr(context, value)),
        ("strip_html", 0, (context, value, _) => new Modular.Markup(LiquidTextFilters.StripHtml(context.Page.TextOf(value)) ?? "")
            .Unescape()),
        ("date", 1, (context, value, arguments) => LiquidDates.Format(value,
            arguments.Positional.Count > 0 ? context.Page.TextOf(arguments.Positional[0])
            : throw new ModularException("The filter \"date\" needs a format. Write it after a colon, such as {{ day | date: " +
                "'%Y-%m-%d' }}."), context.Page.Clock)),
    ];

    static bool IsMissing(object? value) => value is null or false || LiquidSymbol.Empty.Matches(value);

    static Modular.Markup NewlineToBr(LiquidContext context, object? value)
    {
        const string Break = "<br />\n";
        var html = Modular.Markup.Escape(value is Modular.Markup ? value : context.Page.TextOf(value)).ToString()
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        context.Page.CheckRoom(html.Length + (long)html.AsSpan().Count('\n') * (Break.Length - 1));
        return new(html.Replace("\n", Break, StringComparison.Ordinal));
    }

    static LiquidFilter Limited(string name, int most, LiquidFilter filter) =>
        (context, value, arguments) => arguments.Positional.Count <= most ? filter(context, value, arguments)
        : throw new ModularException($"The filter \"{name}\" takes {most} arguments at most but got {arguments.Positional.Count}. " +
            "Remove some of them.");

    // The overload whose parameters match the arguments, otherwise the longest, as in DotLiquid.
    static LiquidFilter FromMethods(string name, MethodInfo[] methods)
    {
        LiquidMethod[] overloads =
            [.. methods.Select(method => new LiquidMethod(name, method)).OrderByDescending(method => method.Parameters)];
        var keeps = KeepMarkup.Contains(name);
        return (context, value, arguments) =>
        {
            var overload = Array.Find(overloads, method => method.Parameters == arguments.Positional.Count + 1) ?? overloads[0];
            return keeps && value is Modular.Markup
                ? new Modular.Markup(TemplateData.Text(overload.Call(context, value, arguments, escaping: true)))
                : overload.Call(context, value, arguments, escaping: false);
        };
    }
}
