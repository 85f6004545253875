namespace Modular;

public sealed partial class ModularApp
{
    static volatile bool _hasServed;

    // A set-up mistake that isn't caught, in Run or while a rule is added, ends the program with its message alone.
    // Exceptions while it serves keep their stack trace.
    static ModularApp() => AppDomain.CurrentDomain.UnhandledException += (_, thrown) =>
    {
        if (_hasServed || thrown.ExceptionObject is not ModularException mistake) return;
        Console.Error.WriteLine(mistake.Message);
        Environment.Exit(1);
    };

    /// <summary>True: an unhandled exception propagates to the host. False: it is logged and becomes a 500.</summary>
    /// <remarks>Null, the default: false, unless a layer around the application shows it, as a debugger does.</remarks>
    public bool? PropagatesExceptions { get; set => field = Changed(value); }

    /// <summary>Serves until Ctrl-C or SIGTERM, and lets running requests finish.</summary>
    /// <param name="host">An IP address, <c>localhost</c>, <c>unix:/path</c>, or <c>0.0.0.0</c> for all networks.
    /// Default, without a port: the URL of <c>--urls</c> or <c>ASPNETCORE_URLS</c>; else 127.0.0.1.</param>
    /// <param name="port">0 takes a free one, which is printed. Default 5000.</param>
    /// <param name="reload">True: a changed source restarts it. Default: as <see cref="Debug"/>. Needs Modular.Debugger.</param>
    /// <remarks>With the reloader, the program up to here runs in both processes, as in Flask.</remarks>
    /// <exception cref="ModularException">The set-up or the address is wrong. Uncaught, it ends the program with exit code 1.</exception>
    public void Run(string? host = null, int? port = null, bool? debug = null, bool? reload = null) =>
        // The only blocking call, as in ASP.NET's WebApplication.Run, for a Main that isn't async.
        RunAsync(host, port, debug, reload).GetAwaiter().GetResult();

    /// <inheritdoc cref="Run(string, int?, bool?, bool?)"/>
    public void Run(int port, bool? debug = null, bool? reload = null) => Run(null, port, debug, reload);

    /// <inheritdoc cref="Run(string, int?, bool?, bool?)"/>
    /// <param name="cancellationToken">Stops serving, as Ctrl-C does.</param>
    public async Task RunAsync(
        string? host = null, int? port = null, bool? debug = null, bool? reload = null, CancellationToken cancellationToken = default)
    {
        var run = _setup.Plugins.Sorted.SelectMany(plugin => plugin.RunLayers).Reverse()
            .Aggregate((RunDelegate)ServeAsync, (next, layer) => layer(next));
        var address = (host is null && port is null ? ListenAddress.Configured() : null) ?? (host ?? "127.0.0.1", port ?? 5000);
        var settings = new RunSettings { Host = address.Host, Port = address.Port, Debug = debug, Reload = reload };
        if (await run(settings, cancellationToken) is not 0 and var code) Environment.ExitCode = code;
    }

    async Task<int> ServeAsync(RunSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Debug is { } debug && debug != Debug) Debug = debug;
        if ((Debug || settings.Reload is true) && !Has("Modular.Debugger")) Console.WriteLine(
            " * This program has no reloader and no error page. For both, add the package Modular.Debugger and write app.UseDebugger().");
        var address = new ListenAddress(settings.Host, settings.Port);
        address.PrintUnused();
        await using var server = AppHost.Build(this, address);
        await AppHost.StartAsync(server, address, cancellationToken);
        _hasServed = true;
        await server.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    internal bool Has(string plugin) => _setup.Plugins.Installed.Any(installed => installed.Manifest.Answers(plugin));

    /// <summary>Builds the ASP.NET host that <c>Run</c> starts, to choose the server, TLS or limits. It isn't started.</summary>
    /// <param name="configure">Receives ASP.NET's builder: <c>builder => builder.WebHost.ConfigureKestrel(…)</c>.</param>
    /// <param name="propagatesExceptions">Instead of <see cref="PropagatesExceptions"/>, for this host.</param>
    public WebApplication Build(Action<WebApplicationBuilder>? configure = null, bool? propagatesExceptions = null) =>
        AppHost.Build(this, null, configure, propagatesExceptions);
}
