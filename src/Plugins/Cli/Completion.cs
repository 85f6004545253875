namespace Modular.Cli;

/// <summary>Completes a command line.</summary>
static class Completion
{
    /// <param name="commands">All commands.</param>
    /// <param name="words">The words after the program's name. The last one is incomplete and can be empty.</param>
    internal static IEnumerable<string> Of(IReadOnlyList<AppCommand> commands, IReadOnlyList<string> words)
    {
        var current = words.Count == 0 ? "" : words[^1];
        return Candidates(commands, [.. words.SkipLast(1)], current).Distinct()
            .Where(word => word.StartsWith(current, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    static IEnumerable<string> Candidates(IReadOnlyList<AppCommand> commands, List<string> before, string current)
    {
        var command = commands.Where(command => IsPrefix(command.Name.Split(' '), before)).MaxBy(command => command.Name.Length);
        if (command is null) return current.StartsWith('-') ? before.Count == 0 ? ["--help", "--version"] : ["--help"]
            : commands.Select(command => command.Name.Split(' ')).Where(name => name.Length > before.Count && IsPrefix(before, name))
                .Select(name => name[before.Count]);
        var rest = before.Skip(command.Name.Split(' ').Length).ToList();
        if (rest.Count > 0 && command.Parameters.FirstOrDefault(parameter => parameter.IsOption
            && parameter.Names.Contains(rest[^1])) is { IsFlag: false } option) return option.Choices;
        return current.StartsWith('-')
            ? command.Parameters.Where(parameter => parameter.IsOption && (parameter.IsMany || !parameter.Names.Any(rest.Contains)))
                .Select(parameter => parameter.Name).Append("--help")
            : command.Parameters.Where(parameter => !parameter.IsOption).SelectMany(parameter => parameter.Choices);
    }

    static bool IsPrefix(IReadOnlyList<string> words, IReadOnlyList<string> of) =>
        words.Count <= of.Count && words.SequenceEqual(of.Take(words.Count));
}
