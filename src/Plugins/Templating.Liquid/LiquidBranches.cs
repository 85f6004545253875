namespace Modular.Templating.Liquid;

/// <summary>A tag with branches. The branch after <c>else</c> is the last.</summary>
abstract class LiquidBranchTag : LiquidBlockTag
{
    readonly List<List<object>> _parts = [];
    bool _hasElse;

    public sealed override IEnumerable<object> AllNodes => _parts.SelectMany(nodes => nodes).Concat(NodeList);

    public sealed override void UnknownTag(string tag, string markup, List<string> tokens)
    {
        var liquid = (LiquidTokens)tokens;
        if (_hasElse) throw liquid.Error($"\"{tag}\" follows \"else\". Write \"else\" once, as the last branch.");
        _parts.Add(NodeList);
        NodeList = [];
        if (tag != "else") Branch(tag, markup, liquid);
        else if (markup.Length > 0) throw liquid.Error($"\"else\" has a condition. Write {ElseInstead(markup)}.");
        else
        {
            _hasElse = true;
            Else = NodeList;
        }
    }

    /// <summary>The nodes after <c>else</c>. Null without <c>else</c>.</summary>
    protected List<object>? Else { get; private set; }

    /// <summary>Adds a branch. Its nodes are in <c>NodeList</c> from then on.</summary>
    protected virtual void Branch(string tag, string markup, LiquidTokens tokens) => throw tokens.Misplaced(tag);

    /// <summary>What to write instead of <c>else</c> with a condition.</summary>
    protected virtual string ElseInstead(string markup) => "{% else %}";
}

/// <summary><c>{% if a %}…{% elsif b %}…{% else %}…{% endif %}</c></summary>
class LiquidIf : LiquidBranchTag
{
    readonly List<(LiquidCondition Condition, List<object> Nodes)> _branches = [];

    /// <summary>True for <c>unless</c>, which negates its first condition.</summary>
    protected virtual bool IsNegated => false;

    protected override void ParseMarkup(string markup, LiquidTokens tokens) => Add(TagName, markup, tokens);

    protected override void Branch(string tag, string markup, LiquidTokens tokens)
    {
        if (tag is not ("elsif" or "elseif")) throw tokens.Misplaced(tag);
        Add(tag, markup, tokens);
    }

    protected override string ElseInstead(string markup) =>
        $"{{% elsif {(markup.StartsWith("if ", StringComparison.Ordinal) ? markup[3..].Trim() : markup)} %}}";

    protected override void RenderHere(LiquidContext context, TextWriter result)
    {
        for (var i = 0; i < _branches.Count; i++)
        {
            if (_branches[i].Condition.IsTrue(context) == (IsNegated && i == 0)) continue;
            RenderAll(_branches[i].Nodes, context, result);
            return;
        }
        if (Else is not null) RenderAll(Else, context, result);
    }

    void Add(string tag, string markup, LiquidTokens tokens) => _branches.Add((new LiquidCursor(markup, tokens).Condition(tag), NodeList));
}

/// <summary><c>{% unless a %}…{% endunless %}</c></summary>
sealed class LiquidUnless : LiquidIf
{
    protected override bool IsNegated => true;
}

/// <summary><c>{% case x %}{% when 1, 2 %}…{% else %}…{% endcase %}</c></summary>
sealed class LiquidCase : LiquidBranchTag
{
    readonly List<(List<LiquidExpression> Values, List<object> Nodes)> _branches = [];
    List<object> _before = [];
    LiquidExpression _value = null!;

    protected override void ParseMarkup(string markup, LiquidTokens tokens)
    {
        var cursor = new LiquidCursor(markup, tokens);
        if (markup.Length == 0) throw tokens.Error("\"case\" has no value. Write {% case value %}.");
        _value = cursor.Operand(without: "case");
        cursor.End();
        _before = NodeList;
    }

    protected override void Branch(string tag, string markup, LiquidTokens tokens)
    {
        if (tag != "when") throw tokens.Misplaced(tag);
        if (markup.Length == 0) throw tokens.Error("\"when\" has no value. Write {% when 'a', 'b' %}.");
        if (_before.Exists(node => node is not string text || !string.IsNullOrWhiteSpace(text)))
            throw tokens.Error("There is content between \"case\" and its first \"when\", where it isn't written. " +
                "Move it into a \"when\".");
        var cursor = new LiquidCursor(markup, tokens);
        var values = new List<LiquidExpression>();
        do values.Add(cursor.Operand(without: "when"));
        while (cursor.Take(',') || cursor.TakeWord("or"));
        cursor.End();
        _branches.Add((values, NodeList));
    }

    protected override void RenderHere(LiquidContext context, TextWriter result)
    {
        var value = _value.Evaluate(context);
        var isFound = false;
        foreach (var (values, nodes) in _branches)
        {
            if (!values.Exists(other => LiquidConditions.AreEqual(context, value, other.Evaluate(context)))) continue;
            isFound = true;
            RenderAll(nodes, context, result);
        }
        if (!isFound && Else is not null) RenderAll(Else, context, result);
    }
}
