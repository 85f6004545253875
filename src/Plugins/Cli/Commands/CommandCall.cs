namespace Modular.Cli;

/// <summary>One call of a command: its arguments and its output.</summary>
/// <remarks>Created by the command line, or by a test.</remarks>
public sealed class CommandCall
{
    readonly IReadOnlyDictionary<CommandParameter, IReadOnlyList<string>> _given;

    /// <summary>Creates a call.</summary>
    /// <param name="services">The services of the command's application context.</param>
    /// <param name="given">The texts of each given parameter. For a flag, <c>true</c>. Check each with
    /// <see cref="CommandParameter.Problem"/> first.</param>
    public CommandCall(IServiceProvider services, IReadOnlyDictionary<CommandParameter, IReadOnlyList<string>>? given = null) =>
        (Services, _given) = (services, given ?? new Dictionary<CommandParameter, IReadOnlyList<string>>());

    /// <summary>The application's services, in a separate scope.</summary>
    public IServiceProvider Services { get; }

    /// <summary>
    /// The standard output. Default: the terminal. Write to it and not to <c>Console</c>, so that tests can read the output.
    /// </summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>The error output. Default: standard error.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>The input. Default: standard input.</summary>
    public TextReader Input { get; init; } = Console.In;

    /// <summary>True when the command line contains the parameter.</summary>
    public bool Has(CommandParameter parameter) => _given.ContainsKey(parameter);

    /// <summary>The given value, otherwise the default. For a flag, whether it was given.</summary>
    /// <exception cref="ModularException">The parameter wasn't given and has no default.</exception>
    public T Get<T>(CommandParameter<T> parameter) where T : IParsable<T> =>
        _given.TryGetValue(parameter, out var texts) && texts.Count > 0 ? CommandParameter<T>.Read(texts[^1])
        : parameter.TryDefault(out var value) ? value!
        : throw new ModularException($"{parameter.What} was read, but it wasn't given and has no default. " +
            "Check call.Has(…) first, or set its Default.");

    /// <summary>All values of a parameter with many values. Empty when it wasn't given.</summary>
    public IReadOnlyList<T> GetAll<T>(CommandParameter<T> parameter) where T : IParsable<T> =>
        _given.TryGetValue(parameter, out var texts) ? [.. texts.Select(CommandParameter<T>.Read)] : [];
}
