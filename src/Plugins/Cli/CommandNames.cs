namespace Modular.Cli;

/// <summary>Checks that every command has a name of its own.</summary>
static class CommandNames
{
    internal static IEnumerable<string> Problems(IReadOnlyList<AppCommand> commands)
    {
        foreach (var command in commands)
            if (BuiltInCommands.Names.FirstOrDefault(name => name == command.Name.Split(' ')[0]) is { } own) yield return
                $"{OwnerOf(command)} adds the command \"{command.Name}\", which has the name of the built-in command \"{own}\". " +
                "Choose another name.";
        foreach (var same in commands.GroupBy(command => command.Name).Where(group => group.Count() > 1))
        {
            string[] owners = [.. same.Select(OwnerOf).Distinct()];
            yield return owners.Length == 1 ? $"{owners[0]} adds the command \"{same.Key}\" twice. Rename one of them."
                : $"{string.Join(", ", owners[..^1])} and {owners[^1]} add the command \"{same.Key}\". Rename one of them.";
        }
    }

    static string OwnerOf(AppCommand command) => command.Plugin ?? "The application";
}
