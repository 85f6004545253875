using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Splits texts as Python does.</summary>
static class TextSplitting
{
    internal static PyList Split(string text, object? separator, long most, RenderState state)
    {
        if (separator is null) return OnSpace(text, most, state);
        var between = TextMethods.String(separator);
        if (between.Length == 0) throw new JinjaError("empty separator");
        PyList parts = [];
        var at = 0;
        while (most < 0 || parts.Count < most)
        {
            var next = text.IndexOf(between, at, StringComparison.Ordinal);
            if (next < 0) break;
            Add(parts, text[at..next], state);
            at = next + between.Length;
        }
        Add(parts, text[at..], state);
        return parts;
    }

    static PyList OnSpace(string text, long most, RenderState state)
    {
        PyList parts = [];
        var at = 0;
        while (true)
        {
            while (at < text.Length && CodePoints.IsSpace(text[at])) at++;
            if (at == text.Length) return parts;
            var end = at;
            if (most >= 0 && parts.Count >= most) end = CodePoints.TrimEnd(text).Length;
            else
                while (end < text.Length && !CodePoints.IsSpace(text[end])) end++;
            Add(parts, text[at..end], state);
            at = most >= 0 && parts.Count > most ? text.Length : end;
        }
    }

    internal static PyList SplitFromEnd(string text, object? separator, long most, RenderState state)
    {
        if (most < 0) return Split(text, separator, -1, state);
        PyList parts = [];
        if (separator is null)
        {
            var rest = CodePoints.TrimEnd(text);
            while (rest.Length > 0)
            {
                var start = rest.Length;
                while (start > 0 && !CodePoints.IsSpace(rest[start - 1])) start--;
                if (parts.Count >= most) start = rest.Length - CodePoints.TrimStart(rest).Length;
                Add(parts, rest[start..], state);
                rest = parts.Count > most ? "" : CodePoints.TrimEnd(rest[..start]);
            }
            parts.Reverse();
            return parts;
        }
        var between = TextMethods.String(separator);
        if (between.Length == 0) throw new JinjaError("empty separator");
        while (parts.Count < most && text.LastIndexOf(between, StringComparison.Ordinal) is >= 0 and var at)
        {
            Add(parts, text[(at + between.Length)..], state);
            text = text[..at];
        }
        Add(parts, text, state);
        parts.Reverse();
        return parts;
    }

    internal static PyList Lines(string text, bool keepEnds, RenderState state)
    {
        PyList lines = [];
        foreach (var (line, end) in Lines(text)) Add(lines, keepEnds ? line + end : line, state);
        return lines;
    }

    /// <summary>The lines and their ends. No line after the last end.</summary>
    internal static IEnumerable<(string Line, string End)> Lines(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = at;
            while (next < text.Length && text[next] is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028'
                or '\u2029')) next++;
            var width = next == text.Length ? 0 : text[next] == '\r' && next + 1 < text.Length && text[next + 1] == '\n' ? 2 : 1;
            yield return (text[at..next], text.Substring(next, width));
            at = next + width;
        }
    }

    internal static PyTuple Partition(string text, string separator, int at, bool isFirst) =>
        separator.Length == 0 ? throw new JinjaError("empty separator")
        : at < 0 ? isFirst ? new(text, "", "") : new("", "", text)
        : new(text[..at], separator, text[(at + separator.Length)..]);

    internal static string ExpandTabs(string text, long size, RenderState state)
    {
        var builder = new StringBuilder();
        long column = 0;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                var width = size <= 0 ? 0 : size - column % size;
                state.Grown(builder.Length + width);
                builder.Append(' ', (int)width);
                column += width;
                continue;
            }
            builder.Append(c);
            column = c is '\n' or '\r' ? 0 : column + 1;
        }
        return builder.ToString();
    }

    static void Add(PyList parts, string part, RenderState state)
    {
        state.Render.Step();
        parts.Add(part);
    }
}
