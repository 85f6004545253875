namespace Modular;

/// <summary>Runs the program: the innermost one serves the application until Ctrl-C, SIGTERM or the cancellation ends it. Gives the exit code.</summary>
/// <param name="settings">What <c>app.Run(…)</c> was called with, as the layers around have changed it.</param>
/// <param name="cancellation">Stops serving, as Ctrl-C does.</param>
/// <exception cref="ModularException">The set-up is wrong, or the address cannot be listened on.</exception>
public delegate Task<int> RunDelegate(RunSettings settings, CancellationToken cancellation);
