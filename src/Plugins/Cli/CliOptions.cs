namespace Modular.Cli;

/// <summary>The options of the command line.</summary>
public sealed record CliOptions
{
    /// <summary>
    /// The program's name in help and messages. Default: the name that it was started with, <c>Hello</c> or <c>dotnet Hello.dll</c>.
    /// </summary>
    public string? ProgramName { get; init; }

    /// <summary>
    /// Whether output has colours. Default null: only on a terminal, and not with <c>NO_COLOR</c> or <c>TERM=dumb</c> in the environment.
    /// </summary>
    public bool? Colors { get; init; }
}
