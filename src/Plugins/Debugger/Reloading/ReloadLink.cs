using System.Globalization;
using System.IO.Pipes;
using System.Text;

namespace Modular.Debugger;

/// <summary>
/// The application's end of the pipe to the reloader that started it. It is told when pages changed and, by the pipe's end, to stop: so it cannot outlive the reloader, however
/// that ends. It tells why it could not start.
/// </summary>
sealed class ReloadLink
{
    /// <summary>The variable that tells a program that a reloader started it: the pipe's name and, when the application wants any free port, that port.</summary>
    /// <remarks>It does not begin with <c>MODULAR_</c>, as settings of the application do.</remarks>
    internal const string Variable = "RELOADER_OF_MODULAR";

    // The pipe's name and the port, taken from the environment: what the application starts in its turn is nobody's child but its own.
    static readonly (string Pipe, int Port)? Named = Take();
    static readonly Lazy<ReloadLink?> Link = new(() => Named is { } named ? new(named.Pipe, named.Port) : null);
    static int _tells;
    static Exception? _told;

    readonly NamedPipeClientStream _pipe;

    ReloadLink(string pipe, int port)
    {
        (_pipe, Port) = (new(".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly), port);
        // The reloader listens before it starts anybody. One that is gone would be waited for without an end.
        try
        {
            _pipe.Connect(TimeSpan.FromSeconds(10));
            // Not by the environment, which settings are read from and which other programs are started with.
            _pipe.ReadExactly(Secret);
        }
        catch (TimeoutException)
        {
            throw new ModularException($"The environment variable {Variable} names the reloader \"{pipe}\", which doesn't answer. Unset the variable; the reloader sets it by itself.");
        }
    }

    /// <summary>The port to take where any would do.</summary>
    internal int Port { get; }

    /// <summary>See <see cref="ReloadSecret"/>.</summary>
    internal byte[] Secret { get; } = new byte[ReloadSecret.Length];

    /// <summary>The link of this process, connected by the first look; null when no reloader started it.</summary>
    internal static ReloadLink? OfThisProcess => Link.Value;

    /// <summary>From here on the reloader hears why the application ends, also before it is run. Connects to nothing by itself.</summary>
    internal static void TellOfMistakes()
    {
        if (Named is not null && Interlocked.Exchange(ref _tells, 1) == 0)
            AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => Tell((Exception)unhandled.ExceptionObject);
    }

    static (string, int)? Take()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(':') is not [var name, var port]) return null;
        Environment.SetEnvironmentVariable(Variable, null);
        return (name, int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>Listens until the reloader is gone.</summary>
    internal async Task ListenAsync(CancellationToken cancellation)
    {
        var word = new byte[1];
        try
        {
            while (await _pipe.ReadAsync(word, cancellation) > 0) PageReload.Changed();
        }
        catch (IOException)
        {
            // Its end without a word is its end, too.
        }
    }

    /// <summary>Says why the application ends. The reloader, if there is one, shows it until the next change.</summary>
    internal static void Tell(Exception reason)
    {
        // What leaves app.RunAsync goes on as an unhandled one.
        if (Interlocked.Exchange(ref _told, reason) == reason) return;
        try
        {
            OfThisProcess?._pipe.Write(Encoding.UTF8.GetBytes(reason is ModularException ? reason.Message : reason.ToString()));
        }
        catch (Exception gone) when (gone is IOException or ModularException)
        {
            // Nobody listens any more; the terminal has it.
        }
    }
}
