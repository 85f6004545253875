using System.Globalization;
using DotLiquid;

namespace Modular.Templating.Liquid;

/// <summary>DotLiquid's context of one page, with the render state of this package.</summary>
sealed class LiquidContext : Context
{
    internal LiquidContext(LiquidEngine engine, TemplateRender page)
        : base([new PageHash(page.Values)], new Hash(), new Hash(), ErrorsOutputMode.Rethrow, engine.Library.Limits.MaxIterations,
            CultureInfo.InvariantCulture, page.Cancellation)
    {
        (Engine, Page) = (engine, page);
        SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid22a;
    }

    internal LiquidEngine Engine { get; }
    internal TemplateRender Page { get; }

    /// <summary>The blocks by name, the most derived first, while a page with a layout is rendered.</summary>
    internal Dictionary<string, List<LiquidBlock>> Blocks { get; set; } = [];

    /// <summary>Finds a variable: in the innermost scope, otherwise in the page.</summary>
    internal object? Find(string name)
    {
        foreach (var scope in Scopes)
            if (scope.TryGetValue(name, out var value)) return value;
        return Environments[0].TryGetValue(name, out var counter) ? counter
            : Page.Values.TryGet(name, out var given) ? given is TemplateFunction function ? function(TemplateArguments.None) : given
            : null;
    }

    /// <summary>A function of the page, or null.</summary>
    internal TemplateFunction? FindFunction(string name) => Page.Values.TryGet(name, out var value) ? value as TemplateFunction : null;

    /// <summary>Runs an action in a new scope.</summary>
    internal void InScope(Action body) => Stack(body);
}

/// <summary>The page's values for DotLiquid's own tags. Each value is wrapped when it is read.</summary>
sealed class PageHash(TemplateValues values) : Hash
{
    public override bool Contains(object key) => base.Contains(key) || key is string name && values.TryGet(name, out _);

    protected override object? GetValue(string key) =>
        base.Contains(key) ? base.GetValue(key)
        : values.TryGet(key, out var value) ? LiquidValue.Wrap(value is TemplateFunction function
            ? function(TemplateArguments.None)
            : value)
        : null;
}
