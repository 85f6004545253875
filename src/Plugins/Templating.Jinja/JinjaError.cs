namespace Modular.Templating.Jinja;

enum ErrorKind
{
    Runtime,
    Undefined,
    Limit,
}

/// <summary>An error while a page is rendered. The template adds its name and the place.</summary>
sealed class JinjaError(string message, ErrorKind kind = ErrorKind.Runtime) : Exception(message)
{
    internal ErrorKind Kind => kind;

    internal static JinjaError Limit(string message) => new(message, ErrorKind.Limit);
}
