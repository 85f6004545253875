namespace Modular.Cli;

/// <summary>How the command line calls itself, and how it looks.</summary>
public sealed record CliOptions
{
    /// <summary>The program's name in help and messages. Default: as it was started, <c>Hello</c> or <c>dotnet Hello.dll</c>.</summary>
    public string? ProgramName { get; init; }

    /// <summary>Colours. Default null: on a terminal only, and not when the environment has <c>NO_COLOR</c> or <c>TERM=dumb</c>.</summary>
    public bool? Colors { get; init; }
}
