namespace Modular.Cli;

/// <summary><c>run</c>: serves, by default with the settings of <c>app.Run(…)</c>.</summary>
sealed class RunCommand(Serving? serving)
{
    readonly CommandParameter<string> _host = new("--host",
        "An IP address, \"localhost\" or \"unix:/path\". 0.0.0.0 serves all networks of this machine.")
    {
        Alias = "-h", Placeholder = "address", Default = (serving?.Settings ?? new()).Host,
    };

    readonly CommandParameter<int> _port = new("--port", "The port. 0 selects a free port and prints it.")
    {
        Alias = "-p", Placeholder = "number", Default = (serving?.Settings ?? new()).Port,
        Check = port => port is >= 0 and <= 65535
            ? null
            : $"Option \"--port\" has the value \"{port}\", which isn't a valid port. Write a number from 0 to 65535: --port 8080.",
    };

    readonly CommandParameter<bool> _debug = new("--debug", "Shows errors in the browser and logs more.");
    readonly CommandParameter<bool> _noDebug = new("--no-debug", "Turns debug mode off, regardless of the program and MODULAR_DEBUG.");
    readonly CommandParameter<bool> _reload = new("--reload", "Restarts when the project's sources change. Default in debug mode.");
    readonly CommandParameter<bool> _noReload = new("--no-reload", "Debug mode without reloading.");

    internal AppCommand Command => new(BuiltInCommands.Run, "Serves the application until Ctrl-C. This is the default command.", RunAsync)
    {
        Parameters = [_host, _port, _debug, _noDebug, _reload, _noReload],
        Examples = ["run", "run --port 8080 --debug", "run --host 0.0.0.0 --port 80"],
    };

    async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        var debug = Switch(call, _debug, _noDebug);
        var reload = Switch(call, _reload, _noReload);
        if (serving is null)
            throw new ModularException("\"run\" serves until it is stopped, so InvokeAsync can't run it. Use app.TestClient().");
        var settings = serving.Settings;
        (settings.Host, settings.Port) = (call.Get(_host), call.Get(_port));
        (settings.Debug, settings.Reload) = (debug ?? settings.Debug, reload ?? settings.Reload);
        return await serving.Next(settings, cancellationToken);
    }

    static bool? Switch(CommandCall call, CommandParameter<bool> on, CommandParameter<bool> off) => (call.Has(on), call.Has(off)) switch
    {
        (true, true) => throw new UsageError($"Options \"{on.Name}\" and \"{off.Name}\" were both given. Write one of them."),
        (true, false) => true,
        (false, true) => false,
        _ => null,
    };
}
