namespace Modular.Testing.Conformance;

/// <summary>How one template engine is installed, and how its language writes what every engine has.</summary>
/// <remarks>The names in the templates are values and functions that the checks add. Literal text is in single quotes.</remarks>
public abstract class EngineDialect
{
    /// <summary>The engine's name, as in <see cref="TemplateOptions.Engine"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Installs the engine: <c>app.UseLiquid()</c>. The checks install no other engine.</summary>
    public abstract void Install(ModularApp app);

    /// <summary>Writes a value or a member: <c>{{ user.name }}</c>.</summary>
    /// <param name="path">A name, or names with dots between them.</param>
    public abstract string Value(string path);

    /// <summary>Writes a value that is already HTML. Default: the filter <c>safe</c>.</summary>
    public virtual string Raw(string path) => Filter(path, "safe");

    /// <summary>Writes a value after a filter without arguments: <c>{{ v | upper }}</c>.</summary>
    public abstract string Filter(string path, string filter);

    /// <summary>Writes the result of a function with one positional and one named argument: <c>{{ f(v, more=v) }}</c>.</summary>
    /// <param name="function">The name of the function.</param>
    /// <param name="positional">A name, a number, or text in quotes.</param>
    /// <param name="name">The name of the second argument.</param>
    /// <param name="named">Its value: a name, a number, or text in quotes.</param>
    public abstract string Call(string function, string positional, string name, string named);

    /// <summary>A condition around a text.</summary>
    public abstract string If(string condition, string body);

    /// <summary>A loop around a text. <see cref="Item"/> writes the item.</summary>
    /// <param name="list">The name of the list.</param>
    /// <param name="body">The text of one iteration.</param>
    public abstract string Each(string list, string body);

    /// <summary>Writes the item of <see cref="Each"/>.</summary>
    public abstract string Item { get; }

    /// <summary>A value of the page inside a loop, without the braces. Default: the name itself.</summary>
    public virtual string FromLoop(string name) => name;

    /// <summary>A comment, which isn't written.</summary>
    public abstract string Comment(string text);

    /// <summary>Includes another template by its name.</summary>
    public abstract string Include(string template);

    /// <summary>Includes the template whose name is in a variable. Null, the default: the language can't do that.</summary>
    public virtual string? IncludeNamed(string variable) => null;

    /// <summary>A place in a layout that other templates fill, with its default content. Null, the default: there are no layouts.</summary>
    public virtual string? Block(string name, string body) => null;

    /// <summary>A template that fills blocks of a layout. Null, the default: there are no layouts.</summary>
    public virtual string? Extends(string layout, params (string Name, string Body)[] blocks) => null;

    /// <summary>
    /// How the language writes a value, where it isn't as in the other engines: Jinja writes <c>None</c> for null. Default: the given HTML.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="html">What most engines write.</param>
    public virtual string Written(object? value, string html) => html;

    /// <summary>True: to read a member of a member that doesn't exist is an error. Default false: it is empty.</summary>
    public virtual bool RefusesMembersOfNothing => false;

    /// <summary>A template that doesn't compile: its text, and the line and the column that the error must have.</summary>
    public abstract (string Text, int Line, int Column) Mistake { get; }

    /// <summary>
    /// More templates in which the value <c>v</c> must be escaped, for features that only this language has. Also available: <c>list</c>,
    /// <c>dict.k</c>, <c>record.text</c>, <c>records</c>, <c>nothing</c>. Default: none.
    /// </summary>
    public virtual IReadOnlyDictionary<string, string> Positions { get; } = new Dictionary<string, string>();

    /// <summary>The templates that <see cref="Positions"/> include, by name. Default: none.</summary>
    public virtual IReadOnlyDictionary<string, string> Templates { get; } = new Dictionary<string, string>();

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal string Layout => $"<html><head><title>{Block("title", "Base")}</title></head><body>{Block("content", "")}</body></html>";

    internal string Middle(string layout) => Extends(layout, ("content", $"<main>{Block("inner", "")}</main>"))!;

    internal bool HasLayouts => Block("x", "") is not null && Extends("x") is not null;
}
