namespace Modular;

/// <summary>A call of <c>app.Run(…)</c> or <c>app.RunAsync(…)</c>, handed to the plugin that took it over by <see cref="IPluginHost.Main"/>.</summary>
public sealed class AppRun
{
    readonly Action<RunSettings> _serve;
    readonly Func<RunSettings, CancellationToken, Task> _serveAsync;

    internal AppRun(ModularApp app, RunSettings settings, Action<RunSettings> serve, Func<RunSettings, CancellationToken, Task> serveAsync) =>
        (App, Settings, _serve, _serveAsync) = (app, settings, serve, serveAsync);

    /// <summary>The application, set up but not frozen yet.</summary>
    public ModularApp App { get; }

    /// <summary>What it was called with.</summary>
    public RunSettings Settings { get; }

    /// <summary>Does what <c>app.Run</c> does where no plugin took it over: serves until Ctrl-C or SIGTERM.</summary>
    /// <exception cref="ModularException">The set-up is wrong, or the address cannot be listened on.</exception>
    public void Serve(RunSettings settings) => _serve(settings);

    /// <summary>As <see cref="Serve"/>, for <c>app.RunAsync</c>.</summary>
    /// <exception cref="ModularException">The set-up is wrong, or the address cannot be listened on.</exception>
    public Task ServeAsync(RunSettings settings, CancellationToken cancellation) => _serveAsync(settings, cancellation);
}

/// <summary>What a program does instead of serving, for <c>app.Run</c> and for <c>app.RunAsync</c>; both give the exit code.</summary>
sealed record PluginMain(Func<AppRun, int> Run, Func<AppRun, CancellationToken, Task<int>> RunAsync);
