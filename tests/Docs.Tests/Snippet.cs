namespace Modular.Docs.Tests;

/// <summary>A code block of a page.</summary>
/// <param name="Page">From the root, as <c>docs/routing.md</c>.</param>
/// <param name="Line">Of its first line of code, from 1.</param>
/// <param name="Code">Without the fences.</param>
/// <param name="Note">The text of <c>&lt;!-- snippet: … --&gt;</c> right before it; empty without one.</param>
sealed record Snippet(string Page, int Line, string Code, string Note)
{
    const string NotCompiled = "skip ";
    const string Lead = "prelude ";

    /// <summary>Why it is not compiled; null when it is.</summary>
    internal string? SkipReason => Note.StartsWith(NotCompiled, StringComparison.Ordinal) ? Note[NotCompiled.Length..] : null;

    /// <summary>What comes before it: an application when it makes none, and what its note says.</summary>
    internal string Prelude
    {
        get
        {
            var app = Code.Contains("var app =", StringComparison.Ordinal) ? "" : "var app = new ModularApp();";
            return Note.StartsWith(Lead, StringComparison.Ordinal) ? $"{app} {Note[Lead.Length..]}" : app;
        }
    }

    public override string ToString() => $"{Page}:{Line}";

    /// <summary>The C# blocks of a page.</summary>
    internal static IEnumerable<Snippet> Of(string page)
    {
        var lines = Repository.Read(page).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "```csharp") continue;
            var end = Array.FindIndex(lines, i + 1, line => line.Trim() == "```");
            yield return new(page, i + 2, string.Join('\n', lines[(i + 1)..end]), i > 0 ? NoteIn(lines[i - 1]) : "");
            i = end;
        }
    }

    static string NoteIn(string line)
    {
        const string Start = "<!-- snippet: ", End = "-->";
        line = line.Trim();
        return line.StartsWith(Start, StringComparison.Ordinal) && line.EndsWith(End, StringComparison.Ordinal)
            ? line[Start.Length..^End.Length].Trim() : "";
    }
}
