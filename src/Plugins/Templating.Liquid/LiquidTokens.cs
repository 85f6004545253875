using DotLiquid.Exceptions;

namespace Modular.Templating.Liquid;

/// <summary>A tag that has nodes inside of it, parsed here and not by DotLiquid.</summary>
interface ILiquidBlock
{
    /// <summary>Where nodes go now; another list after <c>else</c>.</summary>
    List<object> Nodes { get; }

    /// <summary>All nodes inside of it, of every branch.</summary>
    IEnumerable<object> AllNodes => Nodes;

    /// <summary>The tag that ends it, such as <c>endif</c>; null for a whole template.</summary>
    string? End { get; }

    /// <summary>Is asked for tags that are unknown as such, as <c>else</c>.</summary>
    void UnknownTag(string tag, string markup, List<string> tokens);
}

/// <summary>
/// A template's text, cut into tokens in one pass and handed through DotLiquid's tags as the list that they expect (which stays empty: taking its first item off
/// would make long templates quadratic).
/// </summary>
sealed class LiquidTokens(LiquidEngine engine, TemplateSource source) : List<string>
{
    const int MaxNesting = 200;
    readonly LiquidScanner _scanner = new(source);
    readonly Stack<(string Tag, int Position)> _open = new();

    internal LiquidEngine Engine => engine;
    internal TemplateSource Source => source;

    /// <summary>The loops so far, by variable and list: where <c>offset: continue</c> may go on.</summary>
    internal HashSet<string> Loops { get; } = [];

    /// <summary>Where the tag starts that is being parsed.</summary>
    internal int Position { get; set; }

    /// <summary>Parses up to the end of a block.</summary>
    internal void ParseInto(ILiquidBlock block)
    {
        while (_scanner.Next() is { } token)
        {
            Position = token.Position;
            switch (token.Kind)
            {
                case LiquidTokenKind.Text: block.Nodes.Add(token.Text); break;
                case LiquidTokenKind.Output: block.Nodes.Add(new LiquidOutput(LiquidExpression.Parse(token.Text, this), source, token.Position)); break;
                default:
                    if (token.Name == block.End) return;
                    Add(block, token);
                    break;
            }
        }
        if (block.End is { } end && _open.Peek() is var (tag, position))
            throw Error($"The tag \"{tag}\" is never closed. Write {{% {end} %}} after what belongs to it.", position);
    }

    void Add(ILiquidBlock block, LiquidToken token)
    {
        try
        {
            if (LiquidTags.Make(token.Name) is not { } tag)
            {
                if (token.Name.StartsWith("end", StringComparison.Ordinal) || !LiquidTags.IsPart(token.Name)) throw Unknown(block, token.Name);
                block.UnknownTag(token.Name, token.Text, this);
                return;
            }
            if (_open.Count >= MaxNesting) throw Error($"There are more than {MaxNesting} tags inside of each other. Put some of them into templates of their own.", token.Position);
            _open.Push((token.Name, token.Position));
            tag.Initialize(token.Name, token.Text, this);
            _open.Pop();
            LiquidTags.Check(tag, block.Nodes, this, token.Position);
            block.Nodes.Add(new LiquidTag(tag, source, token.Position));
        }
        catch (LiquidException error)
        {
            throw Error($"The tag \"{token.Name}\" is wrong: {error.Message} Write it as Liquid's documentation says.", token.Position);
        }
    }

    TemplateException Unknown(ILiquidBlock block, string name) => Error(name.StartsWith("end", StringComparison.Ordinal)
        ? $"\"{name}\" closes a tag that is not open. {(block.End is { } end ? $"Write {{% {end} %}} here, or remove it." : "Remove it.")}"
        : $"There is no tag \"{name}\" here.{Meant(name)} Use one of {string.Join(", ", LiquidTags.Names)}.", Position);

    // Words of Jinja and of Shopify that have another name here, then words that look alike.
    static string Meant(string name) => name switch
    {
        "set" or "with" => " Did you mean \"assign\"?",
        "elif" => " Did you mean \"elsif\"?",
        "render" or "import" or "from" => " Did you mean \"include\"?",
        "echo" => " Write {{ value }}.",
        _ => Suggest.DidYouMean(name, LiquidTags.Names),
    };

    /// <summary>A part of a tag that is not open.</summary>
    internal TemplateException Misplaced(string name) => Error(name == "when"
        ? "\"when\" does not belong here. Write it between {% case value %} and {% endcase %}."
        : $"\"{name}\" does not belong here. Write it between {{% if value %}} and {{% endif %}}{(name == "else" ? ", or before the end of unless, case or for" : "")}.");

    /// <summary>A mistake at a position of the text.</summary>
    internal TemplateException Error(string problem, int position)
    {
        var (line, column) = source.Locate(position);
        return new(problem, source, line, column);
    }

    /// <summary>A mistake in the tag that is being parsed.</summary>
    internal TemplateException Error(string problem) => Error(problem, Position);
}
