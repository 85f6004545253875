namespace Modular.Templating;

/// <summary>
/// A mistake in a template, or an error while rendering it. The message contains the template, line and column, and the surrounding lines.
/// </summary>
public class TemplateException : ModularException, ISourceError
{
    /// <summary>Creates an error with a position.</summary>
    /// <param name="problem">The problem and what to write instead, in one or two sentences.</param>
    /// <param name="source">The template.</param>
    /// <param name="line">The line, from 1. 0 when it is unknown.</param>
    /// <param name="column">The column, from 1. 0 when it is unknown.</param>
    /// <param name="inner">The cause.</param>
    public TemplateException(string problem, TemplateSource source, int line = 0, int column = 0, Exception? inner = null)
        : base(Tell(problem, source, line, column), inner) =>
            (Problem, Template, Line, Column, Excerpt) = (problem, source.Name, line, column, source.Excerpt(line));

    /// <summary>Creates an error without a position, such as a missing template.</summary>
    /// <param name="problem">The problem and what to write instead.</param>
    /// <param name="template">The template's name.</param>
    /// <param name="inner">The cause.</param>
    public TemplateException(string problem, string template, Exception? inner = null)
        : base(problem, inner) => (Problem, Template, Excerpt) = (problem, template, "");

    /// <summary>The problem, without the position.</summary>
    public string Problem { get; }

    /// <summary>The template's name.</summary>
    public string Template { get; }

    string ISourceError.SourceName => Template;

    /// <summary>The number, from 1. 0 when it is unknown.</summary>
    public int Line { get; }

    /// <summary>The number, from 1. 0 when it is unknown.</summary>
    public int Column { get; }

    /// <summary>The lines around the position, with numbers. Empty when the position is unknown.</summary>
    public string Excerpt { get; }

    static string Tell(string problem, TemplateSource source, int line, int column)
    {
        var place = line == 0 ? "" : column == 0 ? $", line {line}" : $", line {line}, column {column}";
        var excerpt = source.Excerpt(line);
        return $"Template \"{source.Name}\"{place}: {problem}{(excerpt.Length == 0 ? "" : $"\n{excerpt}")}";
    }
}

/// <summary>The template doesn't exist.</summary>
/// <param name="problem">The name and the folders that were searched.</param>
/// <param name="template">The name.</param>
public sealed class TemplateNotFoundException(string problem, string template) : TemplateException(problem, template);

/// <summary>A page exceeded one of the <see cref="TemplateLimits"/>.</summary>
/// <param name="problem">The limit and how to raise it.</param>
/// <param name="template">The page's template.</param>
public sealed class TemplateLimitException(string problem, string template) : TemplateException(problem, template);
