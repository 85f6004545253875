using DotLiquid.Exceptions;

namespace Modular.Templating.Liquid;

/// <summary>A tag with nodes, which this package parses and not DotLiquid.</summary>
interface ILiquidBlock
{
    /// <summary>The list for the next nodes. It changes after <c>else</c>.</summary>
    List<object> Nodes { get; }

    /// <summary>All nodes of all branches.</summary>
    IEnumerable<object> AllNodes => Nodes;

    /// <summary>The end tag, such as <c>endif</c>. Null for a whole template.</summary>
    string? End { get; }

    /// <summary>Handles a tag that is only valid inside this tag, such as <c>else</c>.</summary>
    void UnknownTag(string tag, string markup, List<string> tokens);
}

/// <summary>
/// The tokens of a template, passed through DotLiquid's tags as the list that they expect. The list stays empty, because removing its
/// first item
/// would make long templates quadratic.
/// </summary>
sealed class LiquidTokens(LiquidEngine engine, TemplateSource source) : List<string>
{
    const int MaxNesting = 200;
    readonly LiquidScanner _scanner = new(source);
    readonly Stack<(string Tag, int Position)> _open = new();

    internal LiquidEngine Engine => engine;
    internal TemplateSource Source => source;

    /// <summary>The loops so far, by variable and list, for <c>offset: continue</c>.</summary>
    internal HashSet<string> Loops { get; } = [];

    /// <summary>The start of the current tag.</summary>
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
                case LiquidTokenKind.Output:
                    block.Nodes.Add(new LiquidOutput(LiquidExpression.Parse(token.Text, this), source, token.Position));
                    break;
                default:
                    if (token.Name == block.End) return;
                    Add(block, token);
                    break;
            }
        }
        if (block.End is { } end && _open.Peek() is var (tag, position))
            throw Error($"The tag \"{tag}\" is never closed. Write {{% {end} %}} at its end.", position);
    }

    void Add(ILiquidBlock block, LiquidToken token)
    {
        try
        {
            if (LiquidTags.Make(token.Name) is not { } tag)
            {
                if (token.Name.StartsWith("end", StringComparison.Ordinal) || !LiquidTags.IsPart(token.Name))
                    throw Unknown(block, token.Name);
                block.UnknownTag(token.Name, token.Text, this);
                return;
            }
            if (_open.Count >= MaxNesting)
                throw Error($"There are more than {MaxNesting} nested tags. Move some of them into separate templates.", token.Position);
            _open.Push((token.Name, token.Position));
            tag.Initialize(token.Name, token.Text, this);
            _open.Pop();
            LiquidTags.Check(tag, block.Nodes, this, token.Position);
            block.Nodes.Add(new LiquidTag(tag, source, token.Position));
        }
        catch (LiquidException error)
        {
            throw Error($"The tag \"{token.Name}\" is wrong: {error.Message} Correct it as in Liquid's documentation.", token.Position);
        }
    }

    TemplateException Unknown(ILiquidBlock block, string name) => Error(name.StartsWith("end", StringComparison.Ordinal)
        ? $"\"{name}\" closes a tag that isn't open. {(block.End is { } end ? $"Write {{% {end} %}} here, or remove it." : "Remove it.")}"
        : $"There is no tag \"{name}\" here.{Meant(name)} Use one of {string.Join(", ", LiquidTags.Names)}.", Position);

    // Tags of Jinja and Shopify with another name in Liquid, then similar names.
    static string Meant(string name) => name switch
    {
        "set" or "with" => " Did you mean \"assign\"?",
        "elif" => " Did you mean \"elsif\"?",
        "render" or "import" or "from" => " Did you mean \"include\"?",
        "echo" => " Write {{ value }}.",
        _ => Suggest.DidYouMean(name, LiquidTags.Names),
    };

    /// <summary>The error for a branch outside its tag.</summary>
    internal TemplateException Misplaced(string name) => Error(name == "when"
        ? "\"when\" is outside \"case\". Write it between {% case value %} and {% endcase %}."
        : $"\"{name}\" is outside its tag. Write it between {{% if value %}} and {{% endif %}}" +
            $"{(name == "else" ? ", or before the end of unless, case or for" : "")}.");

    /// <summary>An error at a position.</summary>
    internal TemplateException Error(string problem, int position)
    {
        var (line, column) = source.Locate(position);
        return new(problem, source, line, column);
    }

    /// <summary>An error in the current tag.</summary>
    internal TemplateException Error(string problem) => Error(problem, Position);
}
