namespace Modular.Cli;

sealed class CliPlugin(IReadOnlyList<string> args, CliOptions options) : IPlugin
{
    internal static readonly Slot<CliPlugin> Slot = new("command line", "app.UseCli(args)");

    public PluginCard Card { get; } = new("Modular.Cli", core: "[0.1,1.0)");

    public void Install(IPluginHost host)
    {
        host.Provide(Slot, this);
        host.Main(run => OnTerminal(run).Run(args), (run, cancellation) => OnTerminal(run).RunAsync(args, cancellation));
    }

    /// <summary>The command line of an application.</summary>
    internal CommandLine Program(ModularApp app, Screen output, Screen error, TextReader input, AppRun? run = null) => new(new ProgramInfo(app, options), output, error, input, run);

    CommandLine OnTerminal(AppRun run) => Program(run.App,
        new(Console.Out, Paint.For(options, Console.IsOutputRedirected)), new(Console.Error, Paint.For(options, Console.IsErrorRedirected)), Console.In, run);
}
