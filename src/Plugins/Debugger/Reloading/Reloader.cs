using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Modular.Debugger;

/// <summary>
/// Runs the application in a separate process, and restarts it when the project's sources change. It watches and builds the project, and
/// serves an error page while the application can't run.
/// One thread does all the work in sequence. Other threads send it signals.
/// </summary>
sealed class Reloader : IDisposable
{
    // A restart is quick. Ctrl-C lets requests finish, as without a reloader.
    static readonly TimeSpan RestartPatience = TimeSpan.FromSeconds(3);
    static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(35);

    static Reloader? _ofThisProcess;

    readonly BlockingCollection<Signal> _signals = [];
    readonly ReloadProject _project;
    readonly IPAddress? _address;
    readonly int _port;
    ReloadChild? _child;
    IDisposable? _page;
    Task<int>? _running;
    volatile bool _stopping;

    Reloader(ReloadProject project, RunSettings settings)
    {
        (_project, _port) = (project, settings.Port is 0 ? FreePort() : settings.Port);
        _address = settings.Port is < 0 or > 65535
            ? null
            : settings.Host is "localhost" ? IPAddress.Loopback : IPAddress.TryParse(settings.Host, out var address) ? address : null;
    }

    /// <summary>
    /// The address for the error page. Null for a Unix socket, whose clients aren't local, and for an invalid address, which the
    /// application reports itself.
    /// </summary>
    IPEndPoint? Place => _address is null ? null : new(_address, _port);

    /// <summary>A signal to the loop: the end of an application, or a stop request if it is null.</summary>
    readonly record struct Signal(ReloadChild? Ended);

    /// <summary>
    /// The reloader for this process. Null when the process serves itself: a reloader or <c>dotnet watch</c> started it, a debugger is
    /// attached, or there is no project, which it prints.
    /// </summary>
    internal static Reloader? For(RunSettings settings)
    {
        if (ReloadLink.OfThisProcess is not null || System.Diagnostics.Debugger.IsAttached
            || Environment.GetEnvironmentVariable("DOTNET_WATCH") is "1") return null;
        // One reloader serves all applications of a program.
        if (_ofThisProcess is not null) return _ofThisProcess;
        if (!OperatingSystem.IsWindows() && ReloadProject.OfThisProgram() is { } project) return _ofThisProcess = new(project, settings);
        Console.WriteLine(OperatingSystem.IsWindows()
            ? " * Not reloading: Windows can't rebuild a running program. Start it with \"dotnet watch\""
            : $" * Not reloading: there is no project above {AppContext.BaseDirectory}");
        return null;
    }

    /// <summary>Serves and reloads until Ctrl-C or SIGTERM, on a separate thread.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var canceled = cancellationToken.Register(RequestStop);
        return await (_running ??= Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
    }

    int Run()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnStop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnStop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnStop);
        Console.WriteLine($" * Reloading when {Path.GetFileName(_project.File)} or its sources change");
        var watch = new ChangeWatch(_project);
        Start();
        while (true)
        {
            if (!_signals.TryTake(out var signal, watch.Pause)) React(watch.Changes());
            else if (signal.Ended is null) return Stop();
            else if (signal.Ended == _child && Ended(_child) is { } code) return code;
        }
    }

    void OnStop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        RequestStop();
    }

    // The second stop request doesn't wait for running requests.
    void RequestStop()
    {
        if (_stopping) _child?.Kill();
        _stopping = true;
        _signals.Add(new(null));
        _project.StopBuild();
    }

    void Start()
    {
        _page?.Dispose();
        _page = null;
        _child = new(_port, child => _signals.Add(new(child)));
    }

    int Stop()
    {
        _page?.Dispose();
        _child?.Stop(StopPatience);
        return 0;
    }

    public void Dispose()
    {
        _page?.Dispose();
        _child?.Dispose();
    }

    /// <summary>Handles an application that has ended.</summary>
    /// <returns>The exit code when the reloader ends too.</returns>
    int? Ended(ReloadChild child)
    {
        using var gone = child;
        _child = null;
        if (child.ExitCode == 0) return 0;
        Show("The application ended", child.Failure is ""
            ? string.Create(CultureInfo.InvariantCulture, $"It ended with exit code {child.ExitCode}. The terminal may show more.")
            : child.Failure);
        // Another program uses the port, which the application has just reported.
        if (Place is not null && _page is null) return child.ExitCode;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $" * The application ended with exit code {child.ExitCode}; waiting for a change{Hint}"));
        return null;
    }

    void React(IReadOnlyList<string> changes)
    {
        if (changes.Count == 0) return;
        foreach (var file in changes.Where(file => !ChangeWatch.IsSource(file))) Copy(file);
        var names = changes.Select(file => Path.GetRelativePath(_project.Folder, file));
        Console.WriteLine($" * Changed: {string.Join(", ", names.Take(3))}{(changes.Count > 3 ? $" and {changes.Count - 3} more" : "")}");
        if (!changes.Any(ChangeWatch.IsSource) && changes.All(_project.IsPage)) _child?.TellOfPages();
        else if (!changes.Any(ChangeWatch.IsSource) || IsBuilt(restore: _project.IsSingleFile || changes.Any(ChangeWatch.IsProject)))
            Restart();
    }

    bool IsBuilt(bool restore)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var errors = _project.Build(restore);
        if (_stopping) return false;
        if (errors is null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $" * Built in {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s, restarting"));
            return true;
        }
        StopChild();
        Show("The build failed", errors);
        Console.WriteLine($"{errors}\n * The build failed; waiting for a change{Hint}");
        return false;
    }

    void Restart()
    {
        StopChild();
        Start();
    }

    void StopChild()
    {
        _child?.Stop(RestartPatience);
        _child?.Dispose();
        _child = null;
    }

    void Show(string title, string text)
    {
        _page?.Dispose();
        _page = Place is { } place ? FailurePage.Serve(place, title, text) : null;
    }

    // Copies a file as a build would. A file that was deleted again isn't copied.
    void Copy(string file)
    {
        var copy = _project.CopyOf(file)!;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (File.Exists(file)) File.Copy(file, copy, overwrite: true);
            else File.Delete(copy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($" * Not copied: {error.Message}");
        }
    }

    string Hint
    {
        get
        {
            if (_page is null) return "";
            var address = IPAddress.Any.Equals(_address) || IPAddress.IPv6Any.Equals(_address) ? IPAddress.Loopback : _address!;
            return $"; http://{new IPEndPoint(address, _port)}/ shows this";
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
