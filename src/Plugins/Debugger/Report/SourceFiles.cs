using System.Reflection;

namespace Modular.Debugger;

/// <summary>The source lines around a line.</summary>
/// <param name="First">The number of the first line, from 1.</param>
/// <param name="Failing">The number of the failing line.</param>
/// <param name="IsEdited">True when the file changed after the build.</param>
sealed record SourceLines(int First, IReadOnlyList<string> Lines, int Failing, bool IsEdited);

/// <summary>Finds the sources of frames: the files named in the symbols, or the embedded sources.</summary>
sealed class SourceFiles : IDisposable
{
    const int Before = 6;
    const int After = 4;
    const int MostBytes = 4 * 1024 * 1024;
    const int LongestLine = 400;

    readonly Dictionary<Assembly, Symbols?> _symbols = [];
    readonly Dictionary<string, (string[] Lines, bool IsEdited)?> _texts = [];

    /// <summary>The lines around a line. Null when the source isn't available.</summary>
    internal SourceLines? Around(Assembly assembly, string file, int line)
    {
        if (!_texts.TryGetValue(file, out var text)) _texts[file] = text = Read(assembly, file);
        if (text is not var (lines, isEdited) || line > lines.Length) return null;
        var first = Math.Max(1, line - Before);
        var shown = lines[(first - 1)..Math.Min(lines.Length, line + After)];
        // Removes the common indentation of all lines.
        var indent = shown.Where(one => !string.IsNullOrWhiteSpace(one)).Select(one => one.Length - one.TrimStart(' ', '\t').Length)
            .DefaultIfEmpty().Min();
        return new(first, [.. shown.Select(one => Cut(one.Length < indent ? "" : one[indent..]))], line, isEdited);
    }

    static string Cut(string line) => line.Length <= LongestLine ? line : line[..LongestLine] + "…";

    (string[] Lines, bool IsEdited)? Read(Assembly assembly, string file)
    {
        if (!_symbols.TryGetValue(assembly, out var symbols)) _symbols[assembly] = symbols = Symbols.Open(assembly);
        var bytes = FromDisk(file);
        var isEdited = bytes is not null && symbols?.IsSource(file, bytes) == false;
        // The embedded source is preferred over an edited file.
        var kept = bytes is null || isEdited ? symbols?.Embedded(file) : null;
        if ((kept ?? bytes) is not { } source) return null;
        using var reader = new StreamReader(new MemoryStream(source));
        return (reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n'), isEdited && kept is null);
    }

    static byte[]? FromDisk(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= MostBytes } ? File.ReadAllBytes(file) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;      // not available
        }
    }

    public void Dispose()
    {
        foreach (var symbols in _symbols.Values) symbols?.Dispose();
    }
}
