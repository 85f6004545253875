using Microsoft.Extensions.DependencyInjection;

namespace Modular.Cli;

/// <summary>The methods that this package adds to an application.</summary>
public static class CliExtensions
{
    extension(ModularApp app)
    {
        /// <summary>
        /// Makes <c>app.Run()</c> follow the command line: without arguments or with <c>run</c> it serves, otherwise it runs a command and
        /// sets the exit code.
        /// </summary>
        /// <param name="args">The program's arguments: <c>args</c> of a <c>Program.cs</c>.</param>
        /// <param name="options">The program name and the colours.</param>
        public ModularApp UseCli(IReadOnlyList<string> args, CliOptions? options = null) =>
            app.Use(new CliPlugin(app, args, options ?? new()));

        /// <summary>Runs a command that reads input in this process, for tests.</summary>
        /// <param name="args">The arguments of a command line.</param>
        /// <param name="input">The standard input.</param>
        /// <param name="cancellationToken">Takes the place of Ctrl-C.</param>
        /// <exception cref="ModularException">The application doesn't use this package.</exception>
        public async Task<CommandResult> InvokeAsync(IReadOnlyList<string> args, string input,
            CancellationToken cancellationToken = default)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            using var reader = new StringReader(input);
            var code = await app.Get(CliPlugin.Slot).Program(new(output, Paint.Off), new(error, Paint.Off), reader)
                .RunAsync(args, cancellationToken);
            return new(code, output.ToString(), error.ToString());
        }
    }

    /// <summary>Adds a command to the command line. Like Flask's <c>app.cli.command</c>.</summary>
    /// <remarks>The command runs in an application context.</remarks>
    /// <exception cref="ModularException">The application has already started.</exception>
    public static ModularApp Command(this ModularApp app, AppCommand command)
    {
        Add(app.Services, command);
        return app;
    }

    /// <summary>
    /// Adds a command with the prefix of the blueprint's name: <c>blog import</c>. Like Flask's <c>blueprint.cli.command</c>.
    /// </summary>
    /// <exception cref="ModularException">The blueprint has already been registered.</exception>
    public static Blueprint Command(this Blueprint blueprint, AppCommand command) =>
        blueprint.OnRegister(app => Add(((ModularApp)app).Services, command.In(blueprint)), once: true);

    /// <summary>Adds a command from a plugin. It has no effect if the application has no command line.</summary>
    /// <param name="builder">The plugin's builder.</param>
    /// <param name="command">The command.</param>
    /// <param name="blueprint">The blueprint whose names precede the command. Default: none.</param>
    public static PluginBuilder Command(this PluginBuilder builder, AppCommand command, Blueprint? blueprint = null)
    {
        Add(builder.Services, command.In(blueprint, builder.Manifest.Id));
        return builder;
    }

    static void Add(IServiceCollection services, AppCommand command)
    {
        if (services.IsReadOnly)
            throw new ModularException(
                $"The command \"{command.Name}\" was added after the application had started. Add it before app.Run().");
        services.AddSingleton(command);
    }

    // Outside the extension block, because compilers before 5.1 report nulls in params there.
    /// <summary>Runs a command in this process without a terminal, for tests. Like Flask's <c>test_cli_runner().invoke</c>.</summary>
    /// <param name="args">The arguments of a command line: <c>app.InvokeAsync("routes", "--json")</c>.</param>
    /// <remarks>An exception of the command leaves the call. <c>run</c> isn't available: use a test client.</remarks>
    /// <exception cref="ModularException">The application doesn't use this package.</exception>
    public static Task<CommandResult> InvokeAsync(this ModularApp app, params string[] args) => app.InvokeAsync(args, "");
}
