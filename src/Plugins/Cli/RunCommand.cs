namespace Modular.Cli;

/// <summary><c>run</c>: serves, by default as <c>app.Run(…)</c> was called.</summary>
sealed class RunCommand(Serving? serving)
{
    readonly CommandParameter<string> _host = new("--host", "An IP address, \"localhost\" or \"unix:/path\". 0.0.0.0 serves every network of this machine.")
    {
        Alias = "-h", Placeholder = "address", Default = (serving?.Settings ?? new()).Host,
    };

    readonly CommandParameter<int> _port = new("--port", "0 takes a free one, which is printed.")
    {
        Alias = "-p", Placeholder = "number", Default = (serving?.Settings ?? new()).Port,
        Check = port => port is >= 0 and <= 65535 ? null : $"Option \"--port\" has the value \"{port}\", which is no port. Write a number from 0 to 65535: --port 8080.",
    };

    readonly CommandParameter<bool> _debug = new("--debug", "Shows errors in the browser and logs more.");
    readonly CommandParameter<bool> _noDebug = new("--no-debug", "The opposite, whatever the program or MODULAR_DEBUG says.");
    readonly CommandParameter<bool> _reload = new("--reload", "Starts anew when the project's sources change; comes with debug.");
    readonly CommandParameter<bool> _noReload = new("--no-reload", "Debug without reloading.");

    internal AppCommand Command => new(BuiltInCommands.Run, "Serves the application until Ctrl-C; what happens without a command, too.", RunAsync)
    {
        Parameters = [_host, _port, _debug, _noDebug, _reload, _noReload],
        Examples = ["run", "run --port 8080 --debug", "run --host 0.0.0.0 --port 80"],
    };

    async Task<int> RunAsync(CommandCall call, CancellationToken cancellation)
    {
        var debug = Switch(call, _debug, _noDebug);
        var reload = Switch(call, _reload, _noReload);
        if (serving is null) throw new ModularException("\"run\" serves until it is stopped, which InvokeAsync cannot wait for. Ask the application by app.TestClient().");
        return await serving.Next(serving.Settings with
        {
            Host = call.Get(_host),
            Port = call.Get(_port),
            Debug = debug ?? serving.Settings.Debug,
            Reload = reload ?? serving.Settings.Reload,
        }, cancellation);
    }

    static bool? Switch(CommandCall call, CommandParameter<bool> on, CommandParameter<bool> off) => (call.Has(on), call.Has(off)) switch
    {
        (true, true) => throw new UsageError($"Options \"{on.Name}\" and \"{off.Name}\" were both given. Write one of them."),
        (true, false) => true,
        (false, true) => false,
        _ => null,
    };
}
