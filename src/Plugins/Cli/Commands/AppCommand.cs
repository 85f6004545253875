using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Modular.Cli;

/// <summary>
/// A command of the application's command line. Add it with <c>app.Command(…)</c>, <c>blueprint.Command(…)</c> or, in a plugin,
/// <c>builder.Command(…)</c>.
/// </summary>
/// <example><code>
/// var name = new CommandParameter&lt;string&gt;("name", "The name of the user.");
/// var admin = new CommandParameter&lt;bool&gt;("--admin", "Makes the user an administrator.");
/// app.Command(new("users create", "Creates a user.", call =>
/// {
///     call.Output.WriteLine($"{call.Get(name)} {call.Get(admin)}");
/// }) { Parameters = [name, admin] });
/// </code></example>
public sealed class AppCommand
{
    /// <summary>Creates a command that returns an exit code.</summary>
    /// <param name="name">One word, such as <c>clean-sessions</c>, or several words for a command in a group: <c>users create</c>. Allowed
    /// are letters, digits and dashes.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="run">Runs in an application context and returns the exit code: 0 for success. Ctrl-C cancels the token.</param>
    /// <exception cref="ModularException">The name isn't valid.</exception>
    public AppCommand(string name, string description, Func<CommandCall, CancellationToken, Task<int>> run) =>
        (Name, Description, Run) = (Checked(name), description, run);

    /// <summary>Creates a command that succeeds unless it throws.</summary>
    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    public AppCommand(string name, string description, Action<CommandCall> run) : this(name, description, (call, _) =>
    {
        run(call);
        return Task.FromResult(0);
    })
    {
        if (run.Method.ReturnType == typeof(void) && run.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false))
            throw new ModularException(
                $"The command \"{name}\" is async and returns void, so it can't be awaited. Return Task, or remove async.");
    }

    /// <inheritdoc cref="AppCommand(string, string, Action{CommandCall})"/>
    [OverloadResolutionPriority(1)]
    public AppCommand(string name, string description, Func<CommandCall, Task> run) : this(name, description, async (call, _) =>
    {
        var task = run(call);
        await task;
        if (ResultOf(task) is { } result) throw new ModularException(
            $"The command \"{name}\" returned a value of type {TypeName.Of(result)}, which isn't used. " +
            "Write it to call.Output, or return an exit code.");
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

    /// <summary>Gives a compile-time error, because the returned value wouldn't be used.</summary>
    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    [Obsolete("A command returns nothing, an exit code, or a task of these. Write output to call.Output, in a block: call => { … }.",
        error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public AppCommand(string name, string description, Func<CommandCall, object?> run)
        : this(name, description, (call, _) => Task.FromResult(run(call) is null ? 0 : 1))
    {
    }

    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    public AppCommand(string name, string description, Func<CommandCall, int> run)
        : this(name, description, (call, _) => Task.FromResult(run(call)))
    {
    }

    /// <inheritdoc cref="AppCommand(string, string, Func{CommandCall, CancellationToken, Task{int}})"/>
    [OverloadResolutionPriority(1)]
    public AppCommand(string name, string description, Func<CommandCall, Task<int>> run) : this(name, description, (call, _) => run(call))
    {
    }

    /// <summary>One word, or several separated by blanks. All words except the last name the group.</summary>
    public string Name { get; }

    /// <summary>One sentence for the help.</summary>
    public string Description { get; }

    /// <summary>Runs the command and returns the exit code.</summary>
    public Func<CommandCall, CancellationToken, Task<int>> Run { get; }

    /// <summary>The parameters: positional arguments, and options, whose names start with dashes.</summary>
    /// <exception cref="ModularException">Two parameters have the same name, or an argument follows one that takes all remaining
    /// arguments.</exception>
    public IReadOnlyList<CommandParameter> Parameters
    {
        get;
        init => field = Checked(value);
    } = [];

    /// <summary>Example calls for the help, without the program's name: <c>users create peter --admin</c>.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The blueprint whose names precede the command's name. Null for none.</summary>
    internal Blueprint? Blueprint { get; private init; }

    /// <summary>The id of the plugin that adds the command. Null for the application.</summary>
    internal string? Plugin { get; private init; }

    /// <summary>
    /// All commands of an application in registration order. The commands of blueprints come last, under each name of the blueprint.
    /// Doesn't freeze the application.
    /// </summary>
    internal static IReadOnlyList<AppCommand> Of(ModularApp app) =>
    [
        .. app.Services.Where(service => !service.IsKeyedService && service.ServiceType == typeof(AppCommand))
            .Select(service => service.ImplementationInstance as AppCommand ?? throw new ModularException(
                "A command is registered as a type or a factory, so its name isn't known before the application runs. " +
                "Add it with app.Command(…)."))
            .OrderBy(command => command.Blueprint is not null)
            .SelectMany(command => command.Blueprint is not { } blueprint ? [command]
                : app.Blueprints.Where(known => known.Value == blueprint)
                    .Select(known => command.Named($"{known.Key.Replace('.', ' ')} {command.Name}"))),
    ];

    /// <summary>A copy of the command for a blueprint or a plugin.</summary>
    internal AppCommand In(Blueprint? blueprint, string? plugin = null) =>
        new(Name, Description, Run) { Parameters = Parameters, Examples = Examples, Blueprint = blueprint, Plugin = plugin };

    AppCommand Named(string name) => new(name, Description, Run) { Parameters = Parameters, Examples = Examples, Plugin = Plugin };

    // The result type of a completed task with the static type Task. .NET's tasks without a result have an internal result type.
    static Type? ResultOf(Task task)
    {
        for (var type = task.GetType(); type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>) && type.GetGenericArguments()[0] is var result)
                return result.IsVisible || result.Assembly != typeof(Task).Assembly ? result : null;
        return null;
    }

    static string Checked(string name) =>
        name.Length > 0 && name.Split(' ')
            .All(word => word.Length > 0 && word[0] != '-' && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        ? name
        : throw new ModularException($"{Quoted.Text(name)} isn't a valid command name. Use words of letters, digits and dashes, such as " +
            "\"clean-sessions\" or \"users create\".");

    IReadOnlyList<CommandParameter> Checked(IReadOnlyList<CommandParameter> parameters)
    {
        var names = parameters.SelectMany(parameter => parameter.Names).ToList();
        if (names.FirstOrDefault(name => names.Count(other => other == name) > 1) is { } twice) throw new ModularException(
            $"The command \"{Name}\" has two parameters \"{twice}\". Give each a different name.");
        var words = parameters.Where(parameter => !parameter.IsOption).ToList();
        if (words.SkipLast(1).FirstOrDefault(word => word.IsMany) is { } greedy) throw new ModularException(
            $"The parameter \"{greedy.Name}\" of the command \"{Name}\" takes all remaining arguments, but other parameters follow it. " +
            "Put it last.");
        return [.. parameters];
    }
}
