using Microsoft.Extensions.Localization;

namespace Modular.Templating.Jinja;

/// <summary>The options of Jinja, with the names and defaults of its <c>Environment</c>.</summary>
public sealed record JinjaOptions
{
    static readonly string[] KnownExtensions = ["do", "loopcontrols", "i18n", "debug"];

    /// <summary>The start of a statement. Default <c>{%</c>.</summary>
    public string BlockStart { get; init => field = Delimiter(value, nameof(BlockStart)); } = "{%";

    /// <summary>The end of a statement. Default <c>%}</c>.</summary>
    public string BlockEnd { get; init => field = Delimiter(value, nameof(BlockEnd)); } = "%}";

    /// <summary>The start of an expression. Default <c>{{</c>.</summary>
    public string VariableStart { get; init => field = Delimiter(value, nameof(VariableStart)); } = "{{";

    /// <summary>The end of an expression. Default <c>}}</c>.</summary>
    public string VariableEnd { get; init => field = Delimiter(value, nameof(VariableEnd)); } = "}}";

    /// <summary>The start of a comment. Default <c>{#</c>.</summary>
    public string CommentStart { get; init => field = Delimiter(value, nameof(CommentStart)); } = "{#";

    /// <summary>The end of a comment. Default <c>#}</c>.</summary>
    public string CommentEnd { get; init => field = Delimiter(value, nameof(CommentEnd)); } = "#}";

    /// <summary>The characters that start a line that is a statement. Default null: there are no line statements.</summary>
    public string? LineStatementPrefix { get; init; }

    /// <summary>The characters that start a comment up to the end of the line. Default null: there are no line comments.</summary>
    public string? LineCommentPrefix { get; init; }

    /// <summary>True: the first line end after a statement isn't written. Default false.</summary>
    public bool TrimBlocks { get; init; }

    /// <summary>True: spaces and tabs before a statement that starts a line aren't written. Default false.</summary>
    public bool LstripBlocks { get; init; }

    /// <summary>The line end of the page's text: <c>\n</c>, <c>\r\n</c> or <c>\r</c>. Default <c>\n</c>.</summary>
    public string NewlineSequence
    {
        get;
        init => field = value is "\n" or "\r\n" or "\r" ? value
            : throw new ArgumentException("NewlineSequence must be \"\\n\", \"\\r\\n\" or \"\\r\".", nameof(NewlineSequence));
    } = "\n";

    /// <summary>True: a line end at the end of the template is written. Default false.</summary>
    public bool KeepTrailingNewline { get; init; }

    /// <summary>
    /// False: only values in <c>{% autoescape true %}</c> are escaped. Default null: pages are escaped and plain text isn't, as in Flask.
    /// </summary>
    public bool? Autoescape { get; init; }

    /// <summary>What happens with names that don't exist. Default: they are empty.</summary>
    public JinjaUndefined Undefined { get; init; }

    /// <summary>
    /// The extensions of the language: <c>do</c>, <c>loopcontrols</c>, <c>i18n</c>, <c>debug</c>. Default: none, as in Flask.
    /// </summary>
    public IReadOnlyList<string> Extensions
    {
        get;
        init => field = value.FirstOrDefault(name => !KnownExtensions.Contains(name)) is { } wrong
            ? throw new ArgumentException(
                $"There is no extension \"{wrong}\". Write some of: {string.Join(", ", KnownExtensions)}.", nameof(Extensions))
            : value;
    } = [];

    /// <summary>The translations of <c>{% trans %}</c> and <c>_('…')</c>. Default null: texts stay as they are.</summary>
    public Func<RequestContext, IStringLocalizer>? Localizer { get; init; }

    /// <summary>
    /// False: the page has only the names that the view passes and Jinja's own. Default true: also <c>request</c>, <c>g</c>,
    /// <c>config</c>, <c>session</c>, <c>url_for</c> and the other names that Flask gives to a page.
    /// </summary>
    public bool FlaskGlobals { get; init; } = true;

    internal bool Has(string extension) => Extensions.Contains(extension);

    static string Delimiter(string value, string name) =>
        value is { Length: > 0 } ? value : throw new ArgumentException($"{name} must have at least one character.", name);
}
