using DotLiquid;
using DotLiquid.Tags;

namespace Modular.Templating.Liquid;

/// <summary>
/// The tags that templates can use. DotLiquid's <c>param</c> is excluded because it lets a template select an unsafe dialect.
/// </summary>
static class LiquidTags
{
    static readonly Dictionary<string, Func<Tag>> Makers = new()
    {
        ["assign"] = () => new LiquidAssign(),
        ["block"] = () => new LiquidBlock(),
        ["break"] = () => new Break(),
        ["capture"] = () => new LiquidCapture(),
        ["case"] = () => new LiquidCase(),
        ["continue"] = () => new Continue(),
        ["cycle"] = () => new LiquidCycle(),
        ["decrement"] = () => new Decrement(),
        ["extends"] = () => new LiquidExtends(),
        ["for"] = () => new LiquidFor(),
        ["if"] = () => new LiquidIf(),
        ["ifchanged"] = () => new LiquidIfChanged(),
        ["include"] = () => new LiquidInclude(),
        ["increment"] = () => new Increment(),
        ["tablerow"] = () => new LiquidTableRow(),
        ["unless"] = () => new LiquidUnless(),
    };

    internal static IEnumerable<string> Names => Makers.Keys.Concat(["comment", "literal", "raw"]).Order(StringComparer.Ordinal);

    /// <summary>Creates a tag, or returns null for an unknown name.</summary>
    internal static Tag? Make(string name) => Makers.TryGetValue(name, out var make) ? make() : null;

    /// <summary>True for a branch of another tag.</summary>
    internal static bool IsPart(string name) => name is "else" or "elsif" or "elseif" or "when";

    /// <summary>Checks a tag against the nodes before it.</summary>
    internal static void Check(Tag tag, List<object> before, LiquidTokens tokens, int position)
    {
        if (tag is LiquidExtends && before.Exists(node => node is not string text || !string.IsNullOrWhiteSpace(text)))
            throw tokens.Error("\"extends\" isn't the first tag. Write it before everything else in the template.", position);
        if (tag is LiquidBlock block && before.Exists(node => node is LiquidTag { Tag: LiquidBlock other }
            && other.BlockName == block.BlockName))
            throw tokens.Error($"There are two blocks \"{block.BlockName}\". Give each a different name.", position);
    }
}

/// <summary>A block tag that this package implements completely.</summary>
abstract class LiquidBlockTag : DotLiquid.Block, ILiquidBlock
{
    public List<object> Nodes => NodeList;
    public virtual IEnumerable<object> AllNodes => NodeList;
    public virtual string? End => BlockDelimiter;

    public override void UnknownTag(string tag, string markup, List<string> tokens) => throw ((LiquidTokens)tokens).Misplaced(tag);

    protected sealed override void Parse(List<string> tokens)
    {
        NodeList = [];
        var liquid = (LiquidTokens)tokens;
        ParseMarkup(Markup, liquid);
        liquid.ParseInto(this);
    }

    /// <summary>Parses the text after the tag's name.</summary>
    protected abstract void ParseMarkup(string markup, LiquidTokens tokens);

    public sealed override void Render(Context context, TextWriter result) => RenderHere((LiquidContext)context, result);

    protected abstract void RenderHere(LiquidContext context, TextWriter result);

    /// <summary>Renders the nodes to escaped text.</summary>
    protected object Captured(LiquidContext context)
    {
        using var nested = context.Page.Nest();
        RenderAll(NodeList, context, nested);
        return context.Page.Escapes ? nested.ToMarkup() : nested.ToString();
    }
}
