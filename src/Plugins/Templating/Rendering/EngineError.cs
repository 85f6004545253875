namespace Modular.Templating;

/// <summary>Gives an exception of an engine the name of its template and, if the exception has one, the place.</summary>
static class EngineError
{
    /// <summary>False for an error that already names its template, and for one that isn't caused by the template.</summary>
    internal static bool IsForeign(Exception error) => error is not (TemplateException or HttpException or OperationCanceledException);

    internal static TemplateException Of(Exception error, TemplateSource source) => error is ISourceError placed
        ? new(placed.Problem, source, placed.Line, placed.Column, error)
        : new(error.Message, source, inner: error);
}
