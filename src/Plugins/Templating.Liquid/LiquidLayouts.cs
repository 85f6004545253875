namespace Modular.Templating.Liquid;

/// <summary><c>{% extends "layout.html" %}</c>: renders the layout with the blocks of this template.</summary>
sealed class LiquidExtends : LiquidBlockTag
{
    LiquidExpression _layout = null!;

    /// <summary>The rest of the template is inside this tag.</summary>
    public override string? End => null;

    protected override void ParseMarkup(string markup, LiquidTokens tokens)
    {
        var cursor = new LiquidCursor(markup, tokens);
        _layout = cursor.Operand();
        cursor.End();
    }

    protected override void RenderHere(LiquidContext context, TextWriter result)
    {
        var layout = LiquidIncludes.Template(context, _layout, "extends");
        foreach (var block in BlocksIn(NodeList))
        {
            if (!context.Blocks.TryGetValue(block.BlockName, out var known)) context.Blocks[block.BlockName] = known = [];
            if (!known.Contains(block)) known.Add(block);
        }
        RunTags(context);
        layout.Render(context, result);
    }

    // Content outside blocks isn't rendered, but its variables are visible in the blocks, as in Jinja.
    void RunTags(LiquidContext context)
    {
        List<object> tags = [.. NodeList.Where(node => node is LiquidTag { Tag: not LiquidBlock })];
        if (tags.Count == 0) return;
        using var nowhere = context.Page.Nest();
        RenderAll(tags, context, nowhere);
    }

    // Nested blocks can be replaced too.
    static IEnumerable<LiquidBlock> BlocksIn(IEnumerable<object> nodes)
    {
        foreach (var node in nodes)
        {
            if (node is not LiquidTag { Tag: ILiquidBlock inner }) continue;
            if (inner is LiquidBlock block) yield return block;
            foreach (var nested in BlocksIn(inner.AllNodes)) yield return nested;
        }
    }
}

/// <summary><c>{% block title %}Default{% endblock %}</c>. Inside, <c>{{ block.super }}</c> is the layout's content of the block.</summary>
sealed class LiquidBlock : LiquidBlockTag
{
    internal string BlockName { get; set; } = "";

    protected override void ParseMarkup(string markup, LiquidTokens tokens)
    {
        var cursor = new LiquidCursor(markup, tokens);
        BlockName = cursor.Word() ?? throw tokens.Error("A block has no name. Write {% block title %}.");
        cursor.End();
    }

    protected override void RenderHere(LiquidContext context, TextWriter result)
    {
        List<LiquidBlock> chain = [.. context.Blocks.GetValueOrDefault(BlockName) ?? []];
        if (!chain.Contains(this)) chain.Add(this);
        RenderLevel(context, result, chain, 0);
    }

    static void RenderLevel(LiquidContext context, TextWriter result, List<LiquidBlock> chain, int level) => context.InScope(() =>
    {
        context.Scopes[0]["block"] = new Super(() =>
        {
            using var nested = context.Page.Nest();
            if (level + 1 < chain.Count) RenderLevel(context, nested, chain, level + 1);
            return context.Page.Escapes ? nested.ToMarkup() : nested.ToString();
        });
        chain[level].RenderAll(chain[level].NodeList, context, result);
    });

    /// <summary>The variable <c>block</c> inside a block.</summary>
    sealed class Super(Func<object> render) : ITemplateObject
    {
        public bool TryGetMember(string name, out object? value)
        {
            value = name == "super" ? render() : null;
            return value is not null;
        }

        public override string ToString() => "";
    }
}
