using System.Text;
using DotLiquid;

namespace Modular.Templating.Liquid;

/// <summary>
/// Filters for text, as in Shopify's documentation. DotLiquid's filters use the thread's culture, count UTF-16 units, or create texts of
/// any length.
/// </summary>
static class LiquidTextFilters
{
    public static string? Downcase(string? input) => input?.ToLowerInvariant();

    public static string? Upcase(string? input) => input?.ToUpperInvariant();

    public static string? Capitalize(string? input)
    {
        if (string.IsNullOrEmpty(input)) return input;
        var start = input.AsSpan().IndexOfAnyExcept(" \t\n\r");
        if (start < 0) return input;
        var length = char.IsSurrogatePair(input, start) ? 2 : 1;
        return string.Concat(input.AsSpan(0, start), input.Substring(start, length).ToUpperInvariant(),
            input[(start + length)..].ToLowerInvariant());
    }

    public static string Append(string? input, string? @string) => input + @string;

    public static string Prepend(string? input, string? @string) => @string + input;

    public static string? Strip(string? input) => input?.Trim();

    public static string? Lstrip(string? input) => input?.TrimStart();

    public static string? Rstrip(string? input) => input?.TrimEnd();

    public static string? StripNewlines(string? input) =>
        input?.Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    public static string? Remove(Context context, string? input, string? @string) => Replace(context, input, @string, "");

    public static string? RemoveFirst(string? input, string? @string) => ReplaceFirst(input, @string, "");

    public static string? RemoveLast(string? input, string? @string) => ReplaceLast(input, @string, "");

    public static string? Replace(Context context, string? input, string? @string, string? replacement = "")
    {
        if (string.IsNullOrEmpty(input) || string.IsNullOrEmpty(@string)) return input;
        var growth = (replacement?.Length ?? 0) - @string.Length;
        if (growth > 0) ((LiquidContext)context).Page.CheckRoom(input.Length + (long)input.AsSpan().Count(@string) * growth);
        return input.Replace(@string, replacement, StringComparison.Ordinal);
    }

    public static string? ReplaceFirst(string? input, string? @string, string? replacement = "") =>
        ReplaceAt(input, @string, replacement, input?.IndexOf(@string ?? "", StringComparison.Ordinal));

    public static string? ReplaceLast(string? input, string? @string, string? replacement = "") =>
        ReplaceAt(input, @string, replacement, input?.LastIndexOf(@string ?? "", StringComparison.Ordinal));

    public static string? Truncate(string? input, int length = 50, string? truncateString = "...")
    {
        if (string.IsNullOrEmpty(input)) return input;
        if (input.Length <= length) return input;
        var kept = Math.Max(0, (long)length - CodePoints(truncateString ?? ""));
        var end = IndexOf(input, Math.Max(0, length));
        return end == input.Length ? input : string.Concat(input.AsSpan(0, IndexOf(input, kept)), truncateString);
    }

    public static string? Truncatewords(string? input, int words = 15, string? truncateString = "...")
    {
        if (string.IsNullOrWhiteSpace(input)) return input;
        var kept = new StringBuilder();
        var rest = input.AsSpan().TrimStart();
        for (var count = 0; count < Math.Max(1, words); count++)
        {
            var length = EndOfWord(rest);
            if (count > 0) kept.Append(' ');
            kept.Append(rest[..length]);
            rest = rest[length..].TrimStart();
            if (rest.IsEmpty) return input;
        }
        return kept.Append(truncateString).ToString();
    }

    /// <summary>DotLiquid's name for <see cref="Truncatewords"/>.</summary>
    public static string? TruncateWords(string? input, int words = 15, string? truncateString = "...") =>
        Truncatewords(input, words, truncateString);

    /// <summary>Removes tags, and scripts, styles and comments with their content.</summary>
    public static string? StripHtml(string? input)
    {
        if (input is null || !input.Contains('<')) return input;
        var kept = new StringBuilder(input.Length);
        // If an end tag wasn't found once, there is none further on either.
        var (noScript, noStyle, noComment) = (false, false, false);
        var rest = input.AsSpan();
        while (rest.IndexOf('<') is var start and >= 0)
        {
            kept.Append(rest[..start]);
            rest = rest[start..];
            if (Skip(ref rest, "<script", "</script>", ref noScript) || Skip(ref rest, "<style", "</style>", ref noStyle)
                || Skip(ref rest, "<!--", "-->", ref noComment)) continue;
            var end = rest.IndexOf('>');
            if (end < 0) break;
            rest = rest[(end + 1)..];
        }
        return kept.Append(rest).ToString();
    }

    /// <summary>The number of code points. A surrogate pair counts as one.</summary>
    internal static int CodePoints(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i += Width(text, i)) count++;
        return count;
    }

    /// <summary>The index of a code point. The length of the text when it has fewer.</summary>
    internal static int IndexOf(string text, long character)
    {
        var i = 0;
        for (; character > 0 && i < text.Length; character--) i += Width(text, i);
        return i;
    }

    /// <summary>The number of UTF-16 units of the code point at an index.</summary>
    internal static int Width(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]) ? 2 : 1;

    static bool Skip(ref ReadOnlySpan<char> rest, string open, string close, ref bool hasNoEnd)
    {
        if (hasNoEnd || !rest.StartsWith(open, StringComparison.OrdinalIgnoreCase)) return false;
        var end = rest.IndexOf(close, StringComparison.OrdinalIgnoreCase);
        hasNoEnd = end < 0;
        if (end >= 0) rest = rest[(end + close.Length)..];
        return end >= 0;
    }

    static int EndOfWord(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsWhiteSpace(text[i])) return i;
        return text.Length;
    }

    static string? ReplaceAt(string? input, string? sought, string? replacement, int? index) =>
        string.IsNullOrEmpty(input) || string.IsNullOrEmpty(sought) || index is not { } at || at < 0
            ? input
            : string.Concat(input.AsSpan(0, at), replacement, input.AsSpan(at + sought.Length));
}
