namespace Modular.Cli;

/// <summary>The words that this package adds to an application.</summary>
public static class CliExtensions
{
    extension(ModularApp app)
    {
        /// <summary>Makes <c>app.Run()</c> do what the command line says: serve, without arguments or for <c>run</c>, or run a command and set the exit code.</summary>
        /// <param name="args">The program's arguments: <c>args</c> of a <c>Program.cs</c>.</param>
        /// <param name="options">Name and looks.</param>
        public ModularApp UseCli(IReadOnlyList<string> args, CliOptions? options = null) => app.Use(new CliPlugin(args, options ?? new()));

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
            var code = await app.Get(CliPlugin.Slot).Program(app, new(output, Paint.Off), new(error, Paint.Off), reader).RunAsync(args, cancellation);
            return new(code, output.ToString(), error.ToString());
        }
    }

    // Outside of the block: there, compilers before 5.1 find nulls among params.
    /// <summary>Runs a command in this process, without a terminal: for tests. As Flask's <c>test_cli_runner().invoke</c>.</summary>
    /// <param name="args">The words of a command line: <c>app.InvokeAsync("routes", "--json")</c>.</param>
    /// <remarks>An exception of the command is thrown out of the call. <c>run</c> is not for here: use a test client.</remarks>
    /// <exception cref="ModularException">The application does not use this package.</exception>
    public static Task<CommandResult> InvokeAsync(this ModularApp app, params string[] args) => app.InvokeAsync(args, "");
}
