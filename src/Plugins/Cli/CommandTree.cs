using System.CommandLine;

namespace Modular.Cli;

/// <summary>
/// The commands for the parser of System.CommandLine. The number of values is checked afterwards, with this package's error messages.
/// </summary>
sealed class CommandTree
{
    readonly Dictionary<Command, AppCommand> _commands = [];
    readonly Dictionary<CommandParameter, Symbol> _symbols = [];

    /// <param name="name">The program's name.</param>
    /// <param name="commands">Commands of different names: <see cref="CommandNames"/>.</param>
    internal CommandTree(string name, IReadOnlyList<AppCommand> commands)
    {
        Root = new RootCommand(name);
        Root.Options.Clear();
        ((RootCommand)Root).Directives.Clear();
        Root.Add(Help);
        Root.Add(Version);
        foreach (var command in commands) Add(command);
    }

    internal Command Root { get; }
    internal Option<bool> Help { get; } = new("--help", "-h")
    {
        Description = "Shows help for the program, or for a command.", Recursive = true, Arity = ArgumentArity.Zero,
    };
    internal Option<bool> Version { get; } =
        new("--version") { Description = "Shows the versions of the program and of Modular.Core.", Arity = ArgumentArity.Zero };

    // An argument can start with "@", so response files are disabled.
    internal ParseResult Parse(IReadOnlyList<string> args) =>
        Root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>The application's command. Null for the program itself and for a group.</summary>
    internal AppCommand? Of(Command command) => _commands.GetValueOrDefault(command);

    /// <summary>The texts of each given parameter.</summary>
    internal Dictionary<CommandParameter, IReadOnlyList<string>> Given(AppCommand command, ParseResult parsed)
    {
        var given = new Dictionary<CommandParameter, IReadOnlyList<string>>();
        foreach (var parameter in command.Parameters)
        {
            var result = _symbols[parameter] switch
            {
                Option option => parsed.GetResult(option) is { Implicit: false } found ? found : null,
                Argument argument => (System.CommandLine.Parsing.SymbolResult?)parsed.GetResult(argument),
                _ => null,
            };
            if (result is null) continue;
            if (parameter.IsFlag) given[parameter] = ["true"];
            else if (parameter.IsOption || result.Tokens.Count > 0) given[parameter] = [.. result.Tokens.Select(token => token.Value)];
        }
        return given;
    }

    void Add(AppCommand command)
    {
        var place = Root;
        var words = command.Name.Split(' ');
        foreach (var word in words)
        {
            var next = place.Subcommands.FirstOrDefault(sub => sub.Name == word);
            if (next is null) place.Add(next = new Command(word));
            place = next;
        }
        _commands.Add(place, command);
        place.Description = command.Description;
        foreach (var parameter in command.Parameters)
            if (parameter.IsOption) Add(place, parameter, Option(parameter));
            else Add(place, parameter, parameter.IsMany
                ? new Argument<string[]>(parameter.Name) { Arity = ArgumentArity.ZeroOrMore }
                : new Argument<string>(parameter.Name) { Arity = ArgumentArity.ZeroOrOne });
    }

    void Add(Command command, CommandParameter parameter, Symbol symbol)
    {
        _symbols[parameter] = symbol;
        if (symbol is Option option) command.Add(option);
        else command.Add((Argument)symbol);
    }

    static Option Option(CommandParameter parameter)
    {
        string[] aliases = parameter.Alias is { } alias ? [alias] : [];
        return parameter.IsFlag
            ? new Option<bool>(parameter.Name, aliases) { Arity = ArgumentArity.Zero }
            : new Option<string[]>(parameter.Name, aliases) { Arity = ArgumentArity.ZeroOrMore };
    }
}
