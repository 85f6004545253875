using System.Text;

namespace Modular.Uploads;

/// <summary>Makes file names from clients safe.</summary>
static class Filenames
{
    internal static string Secure(string fileName, FilenameRules rules)
    {
        var name = Plain(fileName, rules);
        return rules == FilenameRules.Everywhere && IsDevice(name) ? $"_{name}" : name;
    }

    // White space and slashes separate words, which are joined with underscores. Unsafe characters are removed, even a whole word.
    static string Plain(string fileName, FilenameRules rules)
    {
        var result = new StringBuilder(fileName.Length);
        var (hasWord, hasGap) = (false, false);
        foreach (var c in Ascii(fileName))
        {
            if (IsGap(c, rules))
            {
                hasGap = hasWord;
                continue;
            }
            if (hasGap) result.Append('_');
            (hasWord, hasGap) = (true, false);
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') result.Append(c);
        }
        return result.ToString().Trim(['.', '_']);
    }

    static bool IsGap(char c, FilenameRules rules) =>
        c is '/' or ' ' or (>= '\t' and <= '\r') or (>= '\x1c' and <= '\x1f') || (c == '\\' && rules == FilenameRules.Everywhere);

    static string Ascii(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        var ascii = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.IsAscii) ascii.Append((char)rune.Value);
            else ascii.Append(AsciiTable.Of(rune.Value));
        return ascii.ToString();
    }

    // Windows compares the part before the first dot, without trailing blanks, with the device names.
    internal static bool IsDevice(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        name = (dot < 0 ? name : name[..dot]).Trim();
        if (name.Length is < 3 or > 7) return false;
        Span<char> upper = stackalloc char[7];
        upper = upper[..name.ToUpperInvariant(upper)];
        return upper is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (upper.Length == 4 && (upper.StartsWith("COM") || upper.StartsWith("LPT"))
                && (char.IsAsciiDigit(upper[3]) || upper[3] is '¹' or '²' or '³'));
    }
}
