using System.Runtime.InteropServices;

namespace Modular.Cli;

/// <summary>Parses a command line, runs the command and returns its exit code.</summary>
sealed class CommandLine(ProgramInfo program, ConsoleOutput output, ConsoleOutput error, TextReader input, Serving? serving)
{
    internal const int Failure = 1, Usage = 2, Interrupted = 130;

    readonly BuiltInCommands _own = new(program, output, error, serving);

    internal async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var commands = AppCommand.Of(program.App);
        if (CommandNames.Problems(commands).Any())
            await using (program.App.AppContext()) { }      // throws the report of the start, which lists them with all other problems
        commands = [.. _own.All, .. commands];
        if (args is [CompletionCommand.Name, CompletionCommand.Words, ..])
        {
            foreach (var found in Completion.Of(commands, [.. args.Skip(2)])) output.Line(CompletionCommand.Mark + found);
            return 0;
        }
        try
        {
            return await RunAsync(new CommandTree(program.Name, commands), args, cancellationToken);
        }
        catch (UsageError mistake)
        {
            error.Line(error.Paint.Red(mistake.Message));
            return Usage;
        }
    }

    async Task<int> RunAsync(CommandTree tree, IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        if (args.Count > 0 && args[0] == HelpPage.Word && tree.Root.Subcommands.All(sub => sub.Name != HelpPage.Word))
            args = [.. args.Skip(1), "--help"];
        // Without a command it runs "run", so "Hello" and "Hello run" are the same.
        var parsed = tree.Parse(args.Count == 0 ? [BuiltInCommands.Run] : args);
        if (parsed.GetResult(tree.Version) is { Implicit: false })
        {
            output.Line(program.Version);
            return 0;
        }
        var place = parsed.CommandResult.Command;
        if (parsed.GetResult(tree.Help) is { Implicit: false } && parsed.UnmatchedTokens.Count == 0)
        {
            new HelpPage(program, output).Show(tree, place, UsageError.PathOf(parsed));
            return 0;
        }
        if (UsageError.Of(parsed, tree, program.Name) is { } mistake) throw mistake;
        if (tree.Of(place) is not { } command)
        {
            new HelpPage(program, error).Show(tree, place, UsageError.PathOf(parsed));
            return Usage;
        }
        var given = tree.Given(command, parsed);
        // "-h" sets the host of "run", but without a value it asks for help.
        if (command.Parameters.FirstOrDefault(parameter => parameter is { Alias: "-h", IsFlag: false }) is { } host
            && given.TryGetValue(host, out var texts) && texts.Count == 0 && args.Contains("-h"))
        {
            new HelpPage(program, output).Show(tree, place, UsageError.PathOf(parsed));
            return 0;
        }
        if (UsageError.Of(command, given, program.Name) is { } wrong) throw wrong;
        return await RunAsync(command, given, cancellationToken);
    }

    async Task<int> RunAsync(AppCommand command, Dictionary<CommandParameter, IReadOnlyList<string>> given,
        CancellationToken cancellationToken)
    {
        // The server handles Ctrl-C itself, and the other built-in commands inspect the application from outside.
        if (_own.Has(command)) return await command.Run(Call(BuiltInCommands.NoServices, given), cancellationToken);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signals = serving is null ? null : new Signals(interrupt);
        await using var scope = program.App.AppContext();
        try
        {
            return await command.Run(Call(scope.Context.Services, given), interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception failure) when (serving is not null && failure is not ModularException)
        {
            error.Line(error.Paint.Red($"The command \"{command.Name}\" failed: {failure.GetType().Name}: {failure.Message}"));
            if (program.App.Debug) error.Line($"{failure}");
            else error.Line("Set MODULAR_DEBUG=1 to see the stack trace.");
            return Failure;
        }
        finally
        {
            // The console logger writes in the background, so flush it before the program ends.
            if (serving is not null)
                (scope.Context.Services.GetService(typeof(Microsoft.Extensions.Logging.ILoggerFactory)) as IDisposable)?.Dispose();
        }
    }

    CommandCall Call(IServiceProvider services, Dictionary<CommandParameter, IReadOnlyList<string>> given) =>
        new(services, given) { Output = output.Writer, Error = error.Writer, Input = input };

    /// <summary>The first Ctrl-C cancels the command. The second ends the program.</summary>
    sealed class Signals : IDisposable
    {
        readonly PosixSignalRegistration[] _registrations;

        internal Signals(CancellationTokenSource interrupt) => _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !interrupt.IsCancellationRequested;
                interrupt.Cancel();
            })),
        ];

        public void Dispose()
        {
            foreach (var registration in _registrations) registration.Dispose();
        }
    }
}
