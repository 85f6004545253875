using System.CommandLine;
using System.CommandLine.Parsing;

namespace Modular.Cli;

/// <summary>A usage error with a message of two sentences. The exit code is 2.</summary>
sealed class UsageError(string message) : Exception(message)
{
    // Commands of other packages.
    static readonly Dictionary<string, (string Package, string Install)> Elsewhere = new()
    {
        ["shell"] = ("Modular.Debugger", "app.UseDebugger()"),
    };

    /// <summary>The error of a command line that can't be parsed. Null when there is none.</summary>
    internal static UsageError? Of(ParseResult parsed, CommandTree tree, string program)
    {
        var place = parsed.CommandResult.Command;
        var path = PathOf(parsed);
        if (UnknownOption(parsed, place) is { } unknown) return new(Option(unknown, place, path, program));
        if (parsed.UnmatchedTokens is { Count: > 0 } words && words[0] is var word) return new(word.StartsWith('-')
            ? Option(word, place, path, program)
            : place.Subcommands.Count > 0 ? Command(word, place, path, program)
            : $"\"{word}\" is an unexpected argument of \"{path}\". See \"{program} {path} --help\".");
        if (tree.Of(place) is null && place != tree.Root) return new(
            $"\"{path}\" is a group of commands. Write one of: " +
            $"{string.Join(", ", place.Subcommands.Select(sub => $"{path} {sub.Name}"))}.");
        return parsed.Errors is { Count: > 0 } errors && errors[0] is var error
            ? new($"{error.Message.TrimEnd('.')}. See \"{program} {path} --help\".")
            : null;
    }

    // The parser treats an unknown option as an argument, or as the value of the option before it. Text after "--" and negative numbers
    // are arguments.
    static string? UnknownOption(ParseResult parsed, Command place)
    {
        var words = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet();
        var names = place.Options.SelectMany(option => option.Aliases.Append(option.Name)).ToList();
        foreach (var result in parsed.CommandResult.Children)
            foreach (var token in result.Tokens)
                if (token.Value is ['-', not (>= '0' and <= '9' or '.'), ..] && words.Contains(token.Value)
                    && (result is ArgumentResult || token.Value is ['-', '-', ..]
                        && Suggest.Nearest(token.Value, names) is not null)) return token.Value;
        return null;
    }

    /// <summary>The error of a wrong number of values or an invalid value. Null when there is none.</summary>
    internal static UsageError? Of(AppCommand command, IReadOnlyDictionary<CommandParameter, IReadOnlyList<string>> given, string program)
    {
        foreach (var parameter in command.Parameters)
        {
            var form = parameter.IsOption ? $"{parameter.Name} <{parameter.ValueName}>" : $"<{parameter.Name}>";
            var example = $"{program} {command.Name} {form}";
            if (!given.TryGetValue(parameter, out var texts))
            {
                if (parameter.IsRequired) return new($"{What(parameter)} is missing. Write \"{example}\".");
                continue;
            }
            if (texts.Count == 0) return new($"{What(parameter)} has no value. Write \"{example}\".");
            if (texts.Count > 1 && !parameter.IsMany) return new($"{What(parameter)} was given {texts.Count} times. Write it once.");
            foreach (var text in texts)
                if (parameter.Problem(text) is { } problem) return new(problem);
        }
        return null;
    }

    /// <summary>The command's words without the program's name.</summary>
    internal static string PathOf(ParseResult parsed)
    {
        List<string> words = [];
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult outer; result = outer)
            words.Insert(0, result.Command.Name);
        return string.Join(' ', words);
    }

    static string What(CommandParameter parameter) => parameter.IsOption ? $"Option \"{parameter.Name}\"" : $"<{parameter.Name}>";

    static string Option(string word, Command place, string path, string program)
    {
        var name = word.Split('=', ':')[0];
        var known = place.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help").ToList();
        var of = path.Length == 0 ? program : path;
        if (Suggest.Nearest(name, known) is { } near) return $"\"{of}\" has no option \"{name}\". Did you mean \"{near}\"?";
        var owner = place.Subcommands.FirstOrDefault(
            sub => sub.Options.Any(option => option.Name == name || option.Aliases.Contains(name)));
        if (owner is not null) return
            $"Option \"{name}\" belongs to a command. " +
            $"Write \"{program} {string.Join(' ', new[] { path, owner.Name }.Where(part => part.Length > 0))} {name}\".";
        return $"\"{of}\" has no option \"{name}\". " +
            $"See \"{string.Join(' ', new[] { program, path }.Where(part => part.Length > 0))} --help\".";
    }

    static string Command(string word, Command place, string path, string program)
    {
        var whole = path.Length == 0 ? word : $"{path} {word}";
        if (Elsewhere.TryGetValue(whole, out var other)) return
            $"The command \"{whole}\" is in the package {other.Package}, which this program doesn't use. " +
            $"Add the package and call {other.Install}.";
        return Suggest.Nearest(word, place.Subcommands.Select(sub => sub.Name)) is { } near
            ? $"There is no command \"{whole}\". Did you mean \"{(path.Length == 0 ? near : $"{path} {near}")}\"?"
            : $"There is no command \"{whole}\". See \"{program} --help\" for all commands.";
    }
}
