namespace Modular.Cli;

/// <summary>One call of a command: what was given, and where its output goes.</summary>
/// <remarks>Made by whoever offers a command line, or by a test.</remarks>
public sealed class CommandCall
{
    readonly IReadOnlyDictionary<CommandParameter, IReadOnlyList<string>> _given;

    /// <summary>A call.</summary>
    /// <param name="services">The services of the application context that the command runs in.</param>
    /// <param name="given">The texts of each parameter that was given; of a flag, <c>true</c>. Each must have been looked at by <see cref="CommandParameter.Problem"/>.</param>
    public CommandCall(IServiceProvider services, IReadOnlyDictionary<CommandParameter, IReadOnlyList<string>>? given = null) =>
        (Services, _given) = (services, given ?? new Dictionary<CommandParameter, IReadOnlyList<string>>());

    /// <summary>The application's services, in a scope of their own.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Takes what the command has to say. Default: the terminal. Write here and not to <c>Console</c>, so that tests see it.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Takes what went wrong. Default: standard error.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>What is typed in. Default: standard input.</summary>
    public TextReader Input { get; init; } = Console.In;

    /// <summary>True when it stands on the command line.</summary>
    public bool Has(CommandParameter parameter) => _given.ContainsKey(parameter);

    /// <summary>The value that was given, else the default; of a flag, whether it was given.</summary>
    /// <exception cref="ModularException">It was not given and has no default.</exception>
    public T Get<T>(CommandParameter<T> parameter) where T : IParsable<T> =>
        _given.TryGetValue(parameter, out var texts) && texts.Count > 0 ? CommandParameter<T>.Read(texts[^1])
        : parameter.TryDefault(out var value) ? value!
        : throw new ModularException($"{parameter.What} was read, but it was not given and has no default. Ask call.Has(…) first, or give it a Default.");

    /// <summary>All values of a parameter that takes many; none when it was not given.</summary>
    public IReadOnlyList<T> GetAll<T>(CommandParameter<T> parameter) where T : IParsable<T> =>
        _given.TryGetValue(parameter, out var texts) ? [.. texts.Select(CommandParameter<T>.Read)] : [];
}
