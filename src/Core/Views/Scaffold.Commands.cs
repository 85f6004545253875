namespace Modular;

// Commands, for a command line to offer.
public abstract partial class Scaffold
{
    internal List<AppCommand> OwnCommands { get; } = [];

    /// <summary>Adds a command for the command line. A blueprint's goes by the blueprint's name: <c>blog import</c>. As Flask's <c>app.cli.command</c>.</summary>
    /// <remarks>Whoever offers a command line shows and runs it, inside of an application context.</remarks>
    /// <exception cref="ModularException">The application answers requests already.</exception>
    public void Command(AppCommand command)
    {
        CheckChange();
        OwnCommands.Add(command);
    }
}
