using System.Collections;

namespace Modular.Templating;

/// <summary>The names that every page can use.</summary>
static class BuiltInGlobals
{
    internal static Dictionary<string, Func<RequestContext, object?>> Values(Microsoft.Extensions.Configuration.IConfiguration config) =>
        new()
        {
            ["request"] = context => context.HasRequest ? context.Request : null,
            ["g"] = context => context.G,
            ["config"] = _ => config,
        };

    internal static Dictionary<string, Func<RequestContext, TemplateArguments, object?>> Functions() => new()
    {
        ["url_for"] = (_, arguments) =>
            Modular.Functions.UrlFor(arguments.Get(0, "endpoint", ""), OptionsOf(arguments), ValuesOf(arguments)),
    };

    static UrlOptions OptionsOf(TemplateArguments arguments) => new()
    {
        External = arguments.Has(-1, "_external") ? arguments.Get(-1, "_external", false) : null,
        Scheme = arguments.Get(-1, "_scheme", (string?)null),
        Anchor = arguments.Get(-1, "_anchor", (string?)null),
        Method = arguments.Get(-1, "_method", (string?)null),
    };

    static (string, object?)[] ValuesOf(TemplateArguments arguments) =>
    [
        .. arguments.Named.Where(named => named.Name is not ("endpoint" or "_external" or "_scheme" or "_anchor" or "_method"))
            .Select(named => (named.Name, Data(named.Value))),
    ];

    // A URL is output too, so its values are checked.
    static object? Data(object? value)
    {
        if (value is Markup markup) return markup.ToString();
        TemplateData.Refuse(value);
        if (value is IEnumerable items and not string)
            foreach (var item in items) TemplateData.Refuse(item);
        return value;
    }
}
