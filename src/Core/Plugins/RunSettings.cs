namespace Modular.Plugins;

/// <summary>The address and the mode that <c>app.Run(…)</c> serves with.</summary>
public sealed class RunSettings
{
    /// <summary>An IP address, <c>localhost</c>, or <c>unix:/path</c>. Default <c>127.0.0.1</c>.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Default 5000; 0 takes a free one.</summary>
    public int Port { get; set; } = 5000;

    /// <summary>Sets <c>app.Debug</c> when it is not null. Default null.</summary>
    public bool? Debug { get; set; }

    /// <summary>True: the application is started again when its sources change. Default null: as <c>app.Debug</c>.</summary>
    public bool? Reload { get; set; }
}

/// <summary>Runs the program and returns the exit code. The innermost one serves until Ctrl-C, SIGTERM or the token ends it.</summary>
/// <param name="settings">Those of <c>app.Run(…)</c>, as the layers around have changed them.</param>
/// <param name="cancellationToken">Stops serving, as Ctrl-C does.</param>
/// <exception cref="ModularException">The set-up is wrong, or the address can't be listened on.</exception>
public delegate Task<int> RunDelegate(RunSettings settings, CancellationToken cancellationToken);
