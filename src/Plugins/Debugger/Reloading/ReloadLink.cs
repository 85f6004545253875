using System.Globalization;
using System.IO.Pipes;
using System.Text;

namespace Modular.Debugger;

/// <summary>
/// The application's end of the pipe to the reloader that started it. It receives page changes. A closed pipe tells it to stop, so it
/// can't outlive the reloader, even if the reloader
/// crashes. It sends the reason why it couldn't start.
/// </summary>
sealed class ReloadLink
{
    /// <summary>
    /// The environment variable that the reloader sets: the pipe's name and, if the application uses any free port, that port.
    /// </summary>
    /// <remarks>It doesn't start with <c>MODULAR_</c>, because the application's settings do.</remarks>
    internal const string Variable = "RELOADER_OF_MODULAR";

    // The pipe's name and the port, removed from the environment so that processes started by the application don't inherit them.
    static readonly (string Pipe, int Port)? Named = Take();
    static readonly Lazy<ReloadLink?> Link = new(() => Named is { } named ? new(named.Pipe, named.Port) : null);
    static int _tells;
    static Exception? _told;

    readonly NamedPipeClientStream _pipe;

    ReloadLink(string pipe, int port)
    {
        (_pipe, Port) = (new(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly), port);
        // The reloader listens before it starts a process, so a missing reloader has ended. Don't wait for it forever.
        try
        {
            _pipe.Connect(TimeSpan.FromSeconds(10));
            // The secret isn't in the environment, because settings and child processes read it.
            _pipe.ReadExactly(Secret);
        }
        catch (TimeoutException)
        {
            throw new ModularException(
                $"The environment variable {Variable} names the reloader \"{pipe}\", which doesn't respond. " +
                "Unset the variable. Only the reloader sets it.");
        }
    }

    /// <summary>The port for an application that accepts any port.</summary>
    internal int Port { get; }

    /// <summary>See <see cref="ReloadSecret"/>.</summary>
    internal byte[] Secret { get; } = new byte[ReloadSecret.Length];

    /// <summary>The link of this process, connected on first use. Null when no reloader started it.</summary>
    internal static ReloadLink? OfThisProcess => Link.Value;

    /// <summary>
    /// From this call on, the reason why the application ends is sent to the reloader, even before the application runs. The call itself
    /// doesn't connect.
    /// </summary>
    internal static void TellOfMistakes()
    {
        if (Named is null || Interlocked.Exchange(ref _tells, 1) != 0) return;
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => Tell((Exception)unhandled.ExceptionObject);
        // The core ends the program at a set-up mistake, before the handler above runs.
        ModularException? mistake = null;
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => mistake = thrown.Exception as ModularException ?? mistake;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Environment.ExitCode != 0 && _told is null && mistake is not null) Tell(mistake);
        };
    }

    static (string, int)? Take()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(':') is not [var name, var port]) return null;
        Environment.SetEnvironmentVariable(Variable, null);
        return (name, int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>Listens until the reloader ends.</summary>
    internal async Task ListenAsync(CancellationToken cancellationToken)
    {
        var word = new byte[1];
        try
        {
            while (await _pipe.ReadAsync(word, cancellationToken) > 0) PageReload.Changed();
        }
        catch (IOException)
        {
            // The reloader ended without closing the pipe.
        }
    }

    /// <summary>Sends the reason why the application ends. The reloader shows it until the next change.</summary>
    internal static void Tell(Exception reason)
    {
        // An exception from app.RunAsync also arrives as an unhandled one.
        if (Interlocked.Exchange(ref _told, reason) == reason) return;
        try
        {
            OfThisProcess?._pipe.Write(Encoding.UTF8.GetBytes(reason is ModularException ? reason.Message : reason.ToString()));
        }
        catch (Exception gone) when (gone is IOException or ModularException)
        {
            // The reloader has ended. The terminal shows the error.
        }
    }
}
