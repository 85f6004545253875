namespace Modular.Cli;

/// <summary>An output with its colour setting.</summary>
sealed record ConsoleOutput(TextWriter Writer, Paint Paint)
{
    internal void Line(string text = "") => Writer.WriteLine(text);

    /// <summary>
    /// Writes a table. Columns are as wide as their widest cell, with two blanks between them. The last column isn't padded.
    /// </summary>
    internal void Table(IReadOnlyList<string> heads, IEnumerable<string[]> rows)
    {
        List<string[]> all = [[.. heads], .. rows];
        var widths = Enumerable.Range(0, heads.Count).Select(column => all.Max(row => row[column].Length)).ToArray();
        for (var i = 0; i < all.Count; i++)
        {
            var line = string.Join("  ", all[i].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            Line(i == 0 ? Paint.Bold(line) : line);
            if (i == 0) Line(Paint.Dim(string.Join("  ", widths.Select(width => new string('-', width)))));
        }
    }
}

/// <summary>Colours as terminal escape sequences (ECMA-48), or none.</summary>
readonly record struct Paint(bool On)
{
    internal static Paint Off => new(false);

    /// <summary>On for a terminal, unless the options or the environment turn it off (no-color.org).</summary>
    internal static Paint For(CliOptions options, bool isRedirected) => new(options.Colors
        ?? (!isRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not "dumb"));

    internal string Bold(string text) => In("1", text);
    internal string Dim(string text) => In("2", text);
    internal string Red(string text) => In("31", text);
    internal string Green(string text) => In("32", text);
    internal string Yellow(string text) => In("33", text);
    internal string Cyan(string text) => In("36", text);

    string In(string color, string text) => On ? $"\e[{color}m{text}\e[0m" : text;
}
