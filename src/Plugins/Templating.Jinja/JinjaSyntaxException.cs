namespace Modular.Templating.Jinja;

/// <summary>A template isn't correct Jinja, such as an unclosed block or an unknown filter.</summary>
public sealed class JinjaSyntaxException : TemplateException
{
    internal JinjaSyntaxException(string problem, TemplateSource source, int line, int column) : base(problem, source, line, column)
    {
    }
}

/// <summary>A page used a name, a member or an item that doesn't exist where it must exist.</summary>
public sealed class JinjaUndefinedException : TemplateException
{
    internal JinjaUndefinedException(string problem, TemplateSource source, int line, int column, Exception inner)
        : base(problem, source, line, column, inner)
    {
    }
}
