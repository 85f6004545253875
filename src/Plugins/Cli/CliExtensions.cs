using Microsoft.Extensions.DependencyInjection;

namespace Modular.Cli;

/// <summary>The words that this package adds to an application.</summary>
public static class CliExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Makes <c>app.Run()</c> do what the command line says: serve, without arguments or for <c>run</c>, or run a command and set the exit code.</summary>
        /// <param name="args">The program's arguments: <c>args</c> of a <c>Program.cs</c>.</param>
        /// <param name="options">Name and looks.</param>
        public ModularApp UseCli(IReadOnlyList<string> args, CliOptions? options = null) => app.Use(new CliPlugin(app, args, options ?? new()));

        /// <summary>As the other one, for a command that reads.</summary>
        /// <param name="args">The words of a command line.</param>
        /// <param name="input">What is typed in.</param>
        /// <param name="cancellation">Stands for Ctrl-C.</param>
        /// <exception cref="ModularException">The application does not use this package.</exception>
        public async Task<CommandResult> InvokeAsync(IReadOnlyList<string> args, string input, CancellationToken cancellation = default)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            using var reader = new StringReader(input);
            var code = await app.Get(CliPlugin.Slot).Program(new(output, Paint.Off), new(error, Paint.Off), reader).RunAsync(args, cancellation);
            return new(code, output.ToString(), error.ToString());
        }
    }

    /// <summary>Adds a command for the command line. As Flask's <c>app.cli.command</c>.</summary>
    /// <remarks>It runs inside of an application context.</remarks>
    /// <exception cref="ModularException">The application answers requests already.</exception>
    public static void Command(this ModularApp app, AppCommand command) => Add(app.Services, command);

    /// <summary>Adds a command that goes by the blueprint's name: <c>blog import</c>. As Flask's <c>blueprint.cli.command</c>.</summary>
    /// <exception cref="ModularException">The blueprint was registered already.</exception>
    public static void Command(this Blueprint blueprint, AppCommand command) => blueprint.Record(app => Add(((ModularApp)app).Services, command.In(blueprint)), once: true);

    /// <summary>Adds a plugin's command. Without a command line in the application it does nothing.</summary>
    /// <param name="builder">The plugin's host.</param>
    /// <param name="command">The command.</param>
    /// <param name="blueprint">Whose names go before that of the command. Default: none.</param>
    public static void Command(this PluginBuilder builder, AppCommand command, Blueprint? blueprint = null) => Add(builder.Services, command.In(blueprint));

    static void Add(IServiceCollection services, AppCommand command)
    {
        if (services.IsReadOnly) throw new ModularException($"The command \"{command.Name}\" was added after the application had started answering. Add it before app.Run().");
        services.AddSingleton(command);
    }

    // Outside of the block: there, compilers before 5.1 find nulls among params.
    /// <summary>Runs a command in this process, without a terminal: for tests. As Flask's <c>test_cli_runner().invoke</c>.</summary>
    /// <param name="args">The words of a command line: <c>app.InvokeAsync("routes", "--json")</c>.</param>
    /// <remarks>An exception of the command is thrown out of the call. <c>run</c> is not for here: use a test client.</remarks>
    /// <exception cref="ModularException">The application does not use this package.</exception>
    public static Task<CommandResult> InvokeAsync(this ModularApp app, params string[] args) => app.InvokeAsync(args, "");
}
