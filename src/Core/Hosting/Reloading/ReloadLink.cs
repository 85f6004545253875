using System.Globalization;
using System.IO.Pipes;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Modular;

/// <summary>
/// The application's end of the pipe to the reloader that started it. It is told when pages changed and, by the pipe's end, to stop: so it cannot outlive the reloader, however
/// that ends. It tells why it could not start.
/// </summary>
sealed class ReloadLink
{
    /// <summary>The variable that tells a program that a reloader started it: the pipe's name and, when the application wants any free port, that port.</summary>
    internal const string Variable = "MODULAR_RELOADER";

    readonly NamedPipeClientStream _pipe;

    ReloadLink(NamedPipeClientStream pipe, int port, byte[] secret) => (_pipe, Port, Secret) = (pipe, port, secret);

    /// <summary>The port to take where any would do.</summary>
    internal int Port { get; }

    /// <summary>See <see cref="ReloadSecret"/>.</summary>
    internal byte[] Secret { get; }

    /// <summary>The link of this process; null when no reloader started it.</summary>
    internal static ReloadLink? OfThisProcess { get; } = Connect();

    static ReloadLink? Connect()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(':') is not [var name, var port]) return null;
        // What the application starts in its turn is nobody's child but its own.
        Environment.SetEnvironmentVariable(Variable, null);
        var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        // The reloader listens before it starts anybody. One that is gone would be waited for without an end.
        pipe.Connect(TimeSpan.FromSeconds(10));
        // Not by the environment, which settings are read from and which other programs are started with.
        var secret = new byte[ReloadSecret.Length];
        pipe.ReadExactly(secret);
        var link = new ReloadLink(pipe, int.Parse(port, CultureInfo.InvariantCulture), secret);
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => link.Tell((Exception)unhandled.ExceptionObject);
        return link;
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

    /// <summary>Says why the application ends. The reloader shows it until the next change.</summary>
    internal void Tell(Exception reason)
    {
        try
        {
            _pipe.Write(Encoding.UTF8.GetBytes(reason is ModularException ? reason.Message : reason.ToString()));
        }
        catch (IOException)
        {
            // Nobody listens any more; the terminal has it.
        }
    }
}

/// <summary>Ends the application, as Ctrl-C does, when its reloader says so or is gone.</summary>
sealed class ReloadListener(ReloadLink link, IHostApplicationLifetime application) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await link.ListenAsync(stoppingToken);
        application.StopApplication();
    }
}
