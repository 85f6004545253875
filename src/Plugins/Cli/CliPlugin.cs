namespace Modular.Cli;

sealed class CliPlugin(ModularApp app, IReadOnlyList<string> args, CliOptions options) : IPlugin
{
    internal static readonly Slot<CliPlugin> Slot = new("command line", "app.UseCli(args)");

    // The command line decides whether the program serves, so it comes before a reloader.
    public PluginManifest Manifest { get; } = new("Modular.Cli", core: BuiltFor.Core);

    public void Install(PluginBuilder builder)
    {
        builder.AddAppSlot(Slot, this);
        builder.Validate(_ => CommandNames.Problems(AppCommand.Of(app)));
        builder.ReplaceRun(next => (settings, cancellationToken) =>
        {
            var output = new ConsoleOutput(Console.Out, Paint.For(options, Console.IsOutputRedirected));
            var error = new ConsoleOutput(Console.Error, Paint.For(options, Console.IsErrorRedirected));
            return Program(output, error, Console.In, new(settings, next)).RunAsync(args, cancellationToken);
        });
    }

    /// <summary>The command line of the application.</summary>
    internal CommandLine Program(ConsoleOutput output, ConsoleOutput error, TextReader input, Serving? serving = null) =>
        new(new ProgramInfo(app, options), output, error, input, serving);
}

/// <summary>A call of <c>app.Run</c>: its settings, and the delegate that serves.</summary>
sealed record Serving(RunSettings Settings, RunDelegate Next);
