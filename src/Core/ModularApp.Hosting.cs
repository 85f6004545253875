using Microsoft.Extensions.Hosting;

namespace Modular;

// Serving on Kestrel.
public sealed partial class ModularApp
{
    /// <summary>
    /// True: an exception that nobody handles goes on to the host. False: it is logged and becomes a 500. Null, the default: the same, unless a layer around the application shows it, as a debugger does.
    /// </summary>
    /// <exception cref="ModularException">It was set after the application had started answering.</exception>
    public bool? PropagatesExceptions
    {
        get;
        set
        {
            CheckChange();
            field = value;
        }
    }

    /// <summary>
    /// Serves until Ctrl-C or SIGTERM, and lets requests in flight end. A mistake in the set-up, or an occupied port, is told on standard error, with exit code 1.
    /// </summary>
    /// <param name="host">An IP address, <c>localhost</c>, or <c>unix:/path</c>. <c>0.0.0.0</c> serves every network the machine is on.</param>
    /// <param name="port">0 takes a free one, which is printed.</param>
    /// <param name="debug">Sets <see cref="Debug"/> when given.</param>
    /// <param name="reload">
    /// True: the application runs in a process of its own, which is replaced when the project's sources change; templates and static files are only copied. Default: as <see cref="Debug"/>.
    /// The program up to here runs in both processes, as with Flask's reloader.
    /// </param>
    public void Run(string host = "127.0.0.1", int port = 5000, bool? debug = null, bool? reload = null)
    {
        try
        {
            // The one place that blocks, as ASP.NET's own WebApplication.Run does: for a Main that is not async.
            RunAsync(host, port, debug, reload).GetAwaiter().GetResult();
        }
        catch (ModularException mistake)
        {
            Console.Error.WriteLine(mistake.Message);
            Environment.ExitCode = 1;
        }
    }

    /// <summary>As <see cref="Run"/>, but mistakes are thrown.</summary>
    /// <inheritdoc cref="Run"/>
    /// <param name="cancellation">Stops serving, as Ctrl-C does.</param>
    /// <exception cref="ModularException">The set-up is wrong, or the address cannot be listened on.</exception>
    public async Task RunAsync(string host = "127.0.0.1", int port = 5000, bool? debug = null, bool? reload = null, CancellationToken cancellation = default)
    {
        var run = _setup.Plugins.Sorted.SelectMany(plugin => plugin.RunLayers).Reverse().Aggregate((RunDelegate)ServeAsync, (next, layer) => layer(next));
        if (await run(new() { Host = host, Port = port, Debug = debug, Reload = reload }, cancellation) is not 0 and var code) Environment.ExitCode = code;
    }

    async Task<int> ServeAsync(RunSettings settings, CancellationToken cancellation)
    {
        if (settings.Debug is { } debug && debug != Debug) Debug = debug;
        if ((Debug || settings.Reload is true) && !_setup.Plugins.Installed.Any(plugin => plugin.Manifest.Answers("Modular.Debugger"))) Console.WriteLine(
            " * This program has no reloader and no error page. For both, add the package Modular.Debugger and write app.UseDebugger().");
        var address = new ListenAddress(settings.Host, settings.Port);
        await using var server = AppHost.Build(this, address);
        await AppHost.StartAsync(server, address, cancellation);
        await server.WaitForShutdownAsync(cancellation);
        return 0;
    }

    /// <summary>
    /// The ASP.NET host that <see cref="Run"/> would start, not started, for those who want to choose the server, TLS or limits themselves.
    /// </summary>
    /// <param name="configure">Gets ASP.NET's builder: <c>builder => builder.WebHost.ConfigureKestrel(…)</c>.</param>
    /// <param name="propagatesExceptions">Instead of <see cref="PropagatesExceptions"/>, for this host.</param>
    /// <exception cref="ModularException">The set-up is wrong.</exception>
    public WebApplication Build(Action<WebApplicationBuilder>? configure = null, bool? propagatesExceptions = null) =>
        AppHost.Build(this, null, configure, propagatesExceptions);
}
