namespace Modular.Templating.Jinja;

/// <summary>The names of one template of a page: those that it sets, and those of the page.</summary>
sealed class JinjaContext(JinjaContext? outer, Dictionary<string, object?>? locals, bool seesPage = true)
{
    Dictionary<string, object?>? _vars;

    /// <summary>The blocks by name, the most derived first.</summary>
    internal Dictionary<string, List<BlockNode>> Blocks { get; init; } = [];

    /// <summary>The template that the running one extends.</summary>
    internal JinjaTemplate? Layout { get; set; }

    /// <summary>The names that the template sets at its top level.</summary>
    internal IReadOnlyDictionary<string, object?> Vars => _vars ?? (IReadOnlyDictionary<string, object?>)Empty;

    static Dictionary<string, object?> Empty { get; } = [];

    internal void Export(string name, object? value) => (_vars ??= [])[name] = value;

    internal void AddBlocks(JinjaTemplate template)
    {
        foreach (var (name, block) in template.Blocks)
        {
            if (!Blocks.TryGetValue(name, out var chain)) Blocks[name] = chain = [];
            chain.Add(block);
        }
    }

    internal bool TryResolve(string name, RenderState state, out object? value)
    {
        for (var context = this; ; context = context.Outer)
        {
            if (context._vars is { } vars && vars.TryGetValue(name, out value)) return true;
            if (context.Locals is { } given && given.TryGetValue(name, out value)) return true;
            if (context.Outer is null) return TryPage(name, state, context.SeesPage, out value);
        }
    }

    static bool TryPage(string name, RenderState state, bool seesPage, out object? value)
    {
        var values = state.Render.Values;
        if (state.Engine.IsHidden(name) && !values.Names.Contains(name)
            || !(seesPage ? values.TryGet(name, out value) : values.TryGetGlobal(name, out value)))
            return state.Engine.Globals.TryGetValue(name, out value);
        value = Awaiting.Result(Py.Plain(value), state.Render);
        return true;
    }

    JinjaContext? Outer => outer;
    Dictionary<string, object?>? Locals => locals;
    bool SeesPage => seesPage;

    /// <summary>The names with their values, for <c>{% debug %}</c>.</summary>
    internal IEnumerable<KeyValuePair<string, object?>> All(RenderState state)
    {
        HashSet<string> names = [.. state.Engine.Globals.Keys, .. state.Render.Values.Names];
        for (var context = this; context is not null; context = context.Outer)
            names.UnionWith([.. context.Vars.Keys, .. context.Locals?.Keys ?? Enumerable.Empty<string>()]);
        foreach (var name in names.Order(StringComparer.Ordinal))
            if (TryResolve(name, state, out var value)) yield return new(name, value);
    }
}
