using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Modular.Cli;

namespace Modular.Debugger;

sealed class DebuggerPlugin(ModularApp app, DebuggerOptions options) : IPlugin
{
    readonly DebuggerOptions _options = options with { };
    PinAuthenticator? _pin;
    ConsoleSessions? _sessions;

    public PluginManifest Manifest { get; } = new("Modular.Debugger", core: BuiltFor.Core) { After = ["Modular.Cli"] };

    /// <summary>Null while the debugger is off.</summary>
    internal ErrorLayer? Layer { get; private set; }

    /// <summary>Null while the debugger is off or has no console.</summary>
    internal string? Pin => Layer is not null && _options.Evaluates ? _pin?.Pin : null;

    public void Install(PluginBuilder builder)
    {
        builder.Options("Debugger", _options);
        builder.Validate(_ => Problem());
        builder.UseMiddleware(services => Wrap(services, builder.Logger));
        builder.ReplaceRun(Run);
        builder.Command(ShellCommand.Command);
        builder.Services.AddSingleton<IHostedService>(_ => new DebuggerService(this, _options.Terminal, builder.Logger));
        builder.Services.AddSingleton<IHostedService>(services => new ReloadListener(this, services));
    }

    /// <summary>The reloader that started this process, set when the application runs. Null when there is none.</summary>
    internal ReloadLink? Link { get; private set; }

    /// <summary>Closes the console's sessions.</summary>
    internal Task CloseAsync() => _sessions?.CloseAsync() ?? Task.CompletedTask;

    /// <summary>Records the data of a request before the request ends.</summary>
    internal void Keep(RequestContext context, Exception error)
    {
        if (Layer is { } layer && context.HasRequest) layer.Keep(context, error);
    }

    RunDelegate Run(RunDelegate next) => async (settings, cancellationToken) =>
    {
        using (var reloader = settings.Reload ?? settings.Debug ?? app.Debug ? Reloader.For(settings) : null)
            if (reloader is not null) return await reloader.RunAsync(cancellationToken);
        Link = ReloadLink.OfThisProcess;
        try
        {
            // A restarted application keeps its free port, so that the browser's URL stays valid.
            if (settings.Port is 0 && Link is { } link) settings.Port = link.Port;
            return await next(settings, cancellationToken);
        }
        catch (ModularException mistake)
        {
            ReloadLink.Tell(mistake);
            throw;
        }
    };

    Func<RequestDelegate, RequestDelegate> Wrap(IServiceProvider services, ILogger logger)
    {
        Layer = null;
        if (!app.Debug) return next => next;
        if (DeveloperAccess.Production(services) is { } reason)
        {
            DebuggerLog.StaysOff(logger, reason);
            return next => next;
        }
        var pin = _pin ??= new(services.GetService<TimeProvider>() ?? TimeProvider.System, _options.PinLifetime,
            ReloadSecret.For($"{Manifest.Id} {app.Name} {app.Options.RootPath}"));
        var sessions = _sessions = _options.Evaluates ? new ConsoleSessions(app, services, _options.TimeLimit) : null;
        var layer = Layer = new(app, _options, pin, sessions, logger);
        var pages = sessions is null ? null : new ConsoleEndpoint(app, _options, pin, sessions, logger);
        return next =>
        {
            var watched = layer.Around(next);
            if (pages is not null) watched = pages.Around(watched);
            return _options.ReloadPages ? PageReload.Around(watched) : watched;
        };
    }

    string? Problem()
    {
        if (_options.ConsolePath is not { } path) return null;
        if (path is not ['/', _, ..])
            return $"The debugger's console path \"{path}\" doesn't start with a slash. Write a path such as \"/console\", or null for " +
                "no console.";
        return app.Rules.Any(rule => rule.ToString() == path)
            ? $"The rule \"{path}\" has the path of the debugger's console. Write another path: " +
                $"app.UseDebugger(new() {{ ConsolePath = \"/…\" }}), or null for no console."
            : null;
    }
}
