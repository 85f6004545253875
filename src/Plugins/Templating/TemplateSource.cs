using System.Globalization;

namespace Modular.Templating;

/// <summary>A template's text.</summary>
/// <param name="Name">The name for <c>RenderTemplate</c>: <c>blog/post.html</c>. For a string: <c>&lt;string&gt;</c>.</param>
/// <param name="Text">The text of the template.</param>
/// <param name="Place">The path of the file, for the log, or null.</param>
public sealed record TemplateSource(string Name, string Text, string? Place = null)
{
    const int LinesAround = 2;
    const int LongestLine = 160;

    /// <summary>The line and the column, both from 1, of a position in <see cref="Text"/>.</summary>
    public (int Line, int Column) Locate(int position)
    {
        var before = Text.AsSpan(0, Math.Clamp(position, 0, Text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The lines around a line, numbered, with the line marked. Empty when the line doesn't exist.</summary>
    internal string Excerpt(int line)
    {
        var lines = Text.Split('\n');
        if (line < 1 || line > lines.Length) return "";
        var (first, last) = (Math.Max(1, line - LinesAround), Math.Min(lines.Length, line + LinesAround));
        var width = last.ToString(CultureInfo.InvariantCulture).Length;
        return string.Join('\n', Enumerable.Range(first, last - first + 1).Select(number =>
            $"{(number == line ? '>' : ' ')} {number.ToString(CultureInfo.InvariantCulture).PadLeft(width)} | {Shown(lines[number - 1])}"));
    }

    static string Shown(string line)
    {
        var text = line.TrimEnd('\r', ' ');
        return text.Length <= LongestLine ? text : $"{text[..LongestLine]}…";
    }
}
