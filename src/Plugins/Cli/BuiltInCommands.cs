using Microsoft.Extensions.DependencyInjection;

namespace Modular.Cli;

/// <summary>The built-in commands of every application.</summary>
sealed class BuiltInCommands
{
    internal const string Run = "run";

    internal static IReadOnlyList<string> Names { get; } =
        [Run, RoutesCommand.Name, PluginsCommand.Name, ConfigCommand.Name, CompletionCommand.Name];

    internal BuiltInCommands(ProgramInfo program, ConsoleOutput output, ConsoleOutput error, Serving? serving) => All =
    [
        new RunCommand(serving).Command,
        new RoutesCommand(program.App, output, error).Command,
        new PluginsCommand(program.App, output).Command,
        new ConfigCommand(program.App, output).Command,
        new CompletionCommand(program, output).Command,
    ];

    /// <summary>The empty services of the built-in commands, which inspect the application from outside.</summary>
    internal static IServiceProvider NoServices { get; } = new ServiceCollection().BuildServiceProvider();

    internal IReadOnlyList<AppCommand> All { get; }

    internal bool Has(AppCommand command) => All.Contains(command);
}
