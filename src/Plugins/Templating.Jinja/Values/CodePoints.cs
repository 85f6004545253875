using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Texts by code points, as Python counts them.</summary>
static class CodePoints
{
    internal static bool AreUnits(string text)
    {
        foreach (var c in text)
            if (char.IsSurrogate(c)) return false;
        return true;
    }

    internal static int Count(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1])) count--;
        return count;
    }

    internal static IEnumerator<object?> Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var width = Width(text, i);
            yield return text.Substring(i, width);
            i += width - 1;
        }
    }

    internal static string? At(string text, long index)
    {
        if (AreUnits(text))
        {
            if (index < 0) index += text.Length;
            return index < 0 || index >= text.Length ? null : text[(int)index].ToString();
        }
        var points = All(text);
        if (index < 0) index += points.Count;
        return index < 0 || index >= points.Count ? null : points[(int)index];
    }

    internal static string Slice(string text, long start, long stop, long step, RenderState? state = null)
    {
        if (step == 1 && stop <= start) return "";
        state?.Made(text.Length);
        if (AreUnits(text) && step == 1) return text.Substring((int)start, (int)(stop - start));
        var points = All(text);
        var builder = new StringBuilder();
        for (var i = start; step > 0 ? i < stop : i > stop; i += step) builder.Append(points[(int)i]);
        return builder.ToString();
    }

    /// <summary>The first characters, at most as many as given.</summary>
    internal static string Take(string text, long count) => Slice(text, 0, Math.Clamp(count, 0, Count(text)), 1);

    internal static List<string> All(string text)
    {
        List<string> points = new(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var width = Width(text, i);
            points.Add(text.Substring(i, width));
            i += width - 1;
        }
        return points;
    }

    static int Width(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    /// <summary>The white space of Python.</summary>
    internal static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    internal static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1])) end--;
        return text[..end];
    }

    internal static string TrimStart(string text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start])) start++;
        return text[start..];
    }

    internal static string Trim(string text) => TrimEnd(TrimStart(text));

    internal static List<string> Words(string text)
    {
        List<string> words = [];
        for (var i = 0; i < text.Length;)
        {
            while (i < text.Length && IsSpace(text[i])) i++;
            var start = i;
            while (i < text.Length && !IsSpace(text[i])) i++;
            if (i > start) words.Add(text[start..i]);
        }
        return words;
    }
}
