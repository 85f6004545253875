using System.CommandLine;

namespace Modular.Cli;

/// <summary>Help for the program, a group of commands, or a command.</summary>
sealed class HelpPage(ProgramInfo program, ConsoleOutput screen)
{
    /// <summary>The command that shows help, unless the program has a command with this name.</summary>
    internal const string Word = "help";

    internal void Show(CommandTree tree, Command place, string path)
    {
        var (name, command) = (path.Length == 0 ? program.Name : $"{program.Name} {path}", tree.Of(place));
        screen.Line(command?.Description ?? (path.Length == 0 ? program.Version : $"The commands of \"{path}\"."));
        Head("Usage");
        screen.Line($"  {name}{(place.Subcommands.Count > 0 ? path.Length == 0 ? " [command]" : " <command>" : "")}{Words(command)} " +
            "[options]");
        if (command is not null) Rows("Arguments", command.Parameters.Where(parameter => !parameter.IsOption).Select(Row));
        Rows("Commands", place.Subcommands.Select(sub => (sub.Name, tree.Of(sub)?.Description
            ?? $"{string.Join(", ", sub.Subcommands.Select(inner => inner.Name))}.")));
        Rows("Options",
        [
            .. command?.Parameters.Where(parameter => parameter.IsOption).Select(Row) ?? [],
            ("--help", tree.Help.Description!), .. path.Length == 0
                ? [("--version", tree.Version.Description!)]
                : Array.Empty<(string, string)>(),
        ]);
        Examples(path.Length == 0 ? ["run --port 8080", "routes --match /user/7", "routes --help"] : command?.Examples ?? []);
    }

    void Examples(IReadOnlyList<string> examples)
    {
        if (examples.Count == 0) return;
        Head("Examples");
        foreach (var example in examples) screen.Line($"  {program.Name} {example}");
    }

    void Rows(string head, IEnumerable<(string Left, string Right)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        Head(head);
        var width = all.Max(row => row.Left.Length);
        foreach (var (left, right) in all) screen.Line($"  {screen.Paint.Cyan(left)}{new string(' ', width - left.Length)}  {right}");
    }

    void Head(string text)
    {
        screen.Line();
        screen.Line(screen.Paint.Bold($"{text}:"));
    }

    static string Words(AppCommand? command) =>
        command is null ? "" : string.Concat(command.Parameters.Where(parameter => !parameter.IsOption)
        .Select(parameter => $" {(parameter.IsRequired ? $"<{parameter.Name}>" : $"[{parameter.Name}]")}{(parameter.IsMany ? "…" : "")}"));

    static (string, string) Row(CommandParameter parameter)
    {
        var left = parameter.IsOption
            ? string.Join(", ", parameter.Names.Reverse()) + (parameter.IsFlag ? "" : $" <{parameter.ValueName}>")
            : parameter.ValueName;
        string?[] notes =
        [
            parameter is { IsOption: true, IsRequired: true } ? "required" : null, parameter is { IsMany: true } ? "any number" : null,
            parameter.DefaultText is { } text ? $"default: {text}" : null,
        ];
        var more = string.Join(", ", notes.Where(note => note is not null));
        return (left, more.Length == 0 ? parameter.Description : $"{parameter.Description} [{more}]");
    }
}
