using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Modular.Cli;

/// <summary>A command of the application's command line: <c>app.Command(…)</c>, <c>blueprint.Command(…)</c> or, in a plugin, <c>host.Command(…)</c> adds it to the services.</summary>
/// <example><code>
/// var name = new CommandParameter&lt;string&gt;("name", "Who it is for.");
/// var admin = new CommandParameter&lt;bool&gt;("--admin", "May change everything.");
/// app.Command(new("users create", "Creates a user.", call => call.Output.WriteLine($"{call.Get(name)} {call.Get(admin)}")) { Parameters = [name, admin] });
/// </code></example>
public sealed class AppCommand
{
    /// <summary>A command that says how it ended.</summary>
    /// <param name="name">One word, such as <c>clean-sessions</c>, or several for one of a group: <c>users create</c>. Letters, digits and dashes.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="run">Runs inside of an application context and gives the exit code: 0 when all went well. The token is cancelled by Ctrl-C.</param>
    /// <exception cref="ModularException">The name is none.</exception>
    public AppCommand(string name, string description, Func<CommandCall, CancellationToken, Task<int>> run) =>
        (Name, Description, Run) = (Checked(name), description, run);

    /// <summary>A command that ends well unless it throws.</summary>
    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    public AppCommand(string name, string description, Action<CommandCall> run) : this(name, description, (call, _) =>
    {
        run(call);
        return Task.FromResult(0);
    })
    {
        if (run.Method.ReturnType == typeof(void) && run.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)) throw new ModularException(
            $"The command \"{name}\" is async and returns void, so nobody can wait for it. Let it return Task, or take out the async.");
    }

    /// <inheritdoc cref="AppCommand(string, string, Action{CommandCall})"/>
    [OverloadResolutionPriority(1)]
    public AppCommand(string name, string description, Func<CommandCall, Task> run) : this(name, description, async (call, _) =>
    {
        var task = run(call);
        await task;
        if (ResultOf(task) is { } result) throw new ModularException(
            $"The command \"{name}\" returned a value of type {TypeName.Of(result)}, which nobody reads. Write it to call.Output, or return an exit code.");
        return 0;
    })
    {
    }

    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    public AppCommand(string name, string description, Func<CommandCall, ValueTask> run) : this(name, description, async (call, _) =>
    {
        await run(call);
        return 0;
    })
    {
    }

    /// <summary>Refused by the compiler: nobody would read what such a command returns.</summary>
    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    [Obsolete("A command returns nothing, an exit code, or a task of these. Write what it has to say to call.Output, in a block: call => { … }.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public AppCommand(string name, string description, Func<CommandCall, object?> run) : this(name, description, (call, _) => Task.FromResult(run(call) is null ? 0 : 1))
    {
    }

    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    public AppCommand(string name, string description, Func<CommandCall, int> run) : this(name, description, (call, _) => Task.FromResult(run(call)))
    {
    }

    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    [OverloadResolutionPriority(1)]
    public AppCommand(string name, string description, Func<CommandCall, Task<int>> run) : this(name, description, (call, _) => run(call))
    {
    }

    /// <summary>One word, or several with a blank between them: all but the last name the group.</summary>
    public string Name { get; }

    /// <summary>One sentence for the help.</summary>
    public string Description { get; }

    /// <summary>What it does, and gives the exit code.</summary>
    public Func<CommandCall, CancellationToken, Task<int>> Run { get; }

    /// <summary>What it takes: words by position, and options, whose names begin with dashes.</summary>
    /// <exception cref="ModularException">Two have one name, or a word comes after one that takes all.</exception>
    public IReadOnlyList<CommandParameter> Parameters
    {
        get;
        init => field = Checked(value);
    } = [];

    /// <summary>Calls for the help, without the program's name: <c>users create peter --admin</c>.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The blueprint whose names go before its own; null for none.</summary>
    internal Blueprint? Blueprint { get; private init; }

    /// <summary>All commands of an application in the order of their adding, those of blueprints last and under each name that the blueprint has. The application is not frozen by it.</summary>
    internal static IReadOnlyList<AppCommand> Of(ModularApp app) =>
    [
        .. app.Services.Where(service => !service.IsKeyedService && service.ServiceType == typeof(AppCommand))
            .Select(service => service.ImplementationInstance as AppCommand ?? throw new ModularException(
                "A command is among the services as a type or a factory, so its name is not known before the application runs. Add it by app.Command(…)."))
            .OrderBy(command => command.Blueprint is not null)
            .SelectMany(command => command.Blueprint is not { } blueprint ? [command]
                : app.Blueprints.Where(known => known.Value == blueprint).Select(known => command.Named($"{known.Key.Replace('.', ' ')} {command.Name}"))),
    ];

    /// <summary>The same for a blueprint.</summary>
    internal AppCommand In(Blueprint? blueprint) => new(Name, Description, Run) { Parameters = Parameters, Examples = Examples, Blueprint = blueprint };

    AppCommand Named(string name) => new(name, Description, Run) { Parameters = Parameters, Examples = Examples };

    // The type of the result that a finished task has although its caller sees a bare Task.
    static Type? ResultOf(Task task)
    {
        for (var type = task.GetType(); type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) && type.GetGenericArguments()[0] is { IsVisible: true } result) return result;
        return null;
    }

    static string Checked(string name) =>
        name.Length > 0 && name.Split(' ').All(word => word.Length > 0 && word[0] != '-' && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) ? name
        : throw new ModularException($"{Quoted.Text(name)} cannot name a command. Use words of letters, digits and dashes, as in \"clean-sessions\" or \"users create\".");

    IReadOnlyList<CommandParameter> Checked(IReadOnlyList<CommandParameter> parameters)
    {
        var names = parameters.SelectMany(parameter => parameter.Names).ToList();
        if (names.FirstOrDefault(name => names.Count(other => other == name) > 1) is { } twice) throw new ModularException(
            $"The command \"{Name}\" has two parameters \"{twice}\". Give each a name of its own.");
        var words = parameters.Where(parameter => !parameter.IsOption).ToList();
        if (words.SkipLast(1).FirstOrDefault(word => word.IsMany) is { } greedy) throw new ModularException(
            $"The parameter \"{greedy.Name}\" of the command \"{Name}\" takes all words that are left, but others come after it. Put it last.");
        return [.. parameters];
    }
}
