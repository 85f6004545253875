namespace Modular.Templating;

/// <summary>A mistake in a template, or something that went wrong at a place of it. The message names template, line and column, and shows the lines around.</summary>
public class TemplateException : ModularException, ISourceError
{
    /// <summary>A mistake at a place.</summary>
    /// <param name="problem">What is wrong and what to write instead, in one or two sentences.</param>
    /// <param name="source">The template.</param>
    /// <param name="line">From 1; 0 when nobody knows.</param>
    /// <param name="column">From 1; 0 when nobody knows.</param>
    /// <param name="inner">What led to it.</param>
    public TemplateException(string problem, TemplateSource source, int line = 0, int column = 0, Exception? inner = null)
        : base(Tell(problem, source, line, column), inner) => (Problem, Template, Line, Column, Excerpt) = (problem, source.Name, line, column, source.Excerpt(line));

    /// <summary>A mistake that has no place, as a template that is not there.</summary>
    /// <param name="problem">What is wrong and what to write instead.</param>
    /// <param name="template">The template's name.</param>
    /// <param name="inner">What led to it.</param>
    public TemplateException(string problem, string template, Exception? inner = null)
        : base(problem, inner) => (Problem, Template, Excerpt) = (problem, template, "");

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>The template's name.</summary>
    public string Template { get; }

    string ISourceError.SourceName => Template;

    /// <summary>From 1; 0 when nobody knows.</summary>
    public int Line { get; }

    /// <summary>From 1; 0 when nobody knows.</summary>
    public int Column { get; }

    /// <summary>The lines around the place, numbered; empty when nobody knows.</summary>
    public string Excerpt { get; }

    static string Tell(string problem, TemplateSource source, int line, int column)
    {
        var place = line == 0 ? "" : column == 0 ? $", line {line}" : $", line {line}, column {column}";
        var excerpt = source.Excerpt(line);
        return $"Template \"{source.Name}\"{place}: {problem}{(excerpt.Length == 0 ? "" : $"\n{excerpt}")}";
    }
}

/// <summary>There is no template of this name.</summary>
/// <param name="problem">What was looked for, and where.</param>
/// <param name="template">The name.</param>
public sealed class TemplateNotFoundException(string problem, string template) : TemplateException(problem, template);

/// <summary>A page outgrew one of the <see cref="TemplateLimits"/>.</summary>
/// <param name="problem">Which, and how to raise it.</param>
/// <param name="template">The page's template.</param>
public sealed class TemplateLimitException(string problem, string template) : TemplateException(problem, template);
