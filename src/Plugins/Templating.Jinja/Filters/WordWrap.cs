using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Breaks lines between words, as Python's <c>textwrap</c>.</summary>
static class WordWrap
{
    internal static string Of(string text, long width, bool breaksWords, string lineEnd, bool breaksHyphens, RenderState state)
    {
        if (width <= 0) throw new JinjaError($"invalid width {width} (must be > 0)");
        var builder = new StringBuilder();
        var isNext = false;
        foreach (var (line, _) in TextSplitting.Lines(text))
        {
            if (isNext) builder.Append(lineEnd);
            isNext = true;
            var isFollowing = false;
            foreach (var part in Wrap(Chunks(line, breaksHyphens), width, breaksWords, breaksHyphens))
            {
                if (isFollowing) builder.Append(lineEnd);
                isFollowing = true;
                builder.Append(part);
                state.Grown(builder.Length);
            }
        }
        return state.Make(builder.ToString());
    }

    static IEnumerable<string> Wrap(List<string> chunks, long width, bool breaksWords, bool breaksHyphens)
    {
        var queue = new LinkedList<string>(chunks);
        var isFirst = true;
        while (queue.Count > 0)
        {
            List<string> line = [];
            long length = 0;
            if (!isFirst && IsBlank(queue.First!.Value)) queue.RemoveFirst();
            while (queue.First is { } next && length + CodePoints.Count(next.Value) <= width)
            {
                line.Add(next.Value);
                length += CodePoints.Count(next.Value);
                queue.RemoveFirst();
            }
            if (queue.First is { } word && CodePoints.Count(word.Value) > width) Long(word.Value);
            if (line.Count > 0 && IsBlank(line[^1])) line.RemoveAt(line.Count - 1);
            if (line.Count == 0) continue;
            isFirst = false;
            yield return string.Concat(line);

            void Long(string word)
            {
                var room = (int)(width - length);
                if (!breaksWords)
                {
                    if (line.Count > 0) return;
                    line.Add(word);
                    queue.RemoveFirst();
                    return;
                }
                if (room == 0)
                {
                    // Python adds nothing, and then drops that instead of the white space before it.
                    line.Add("");
                    return;
                }
                var end = room;
                if (breaksHyphens && word.LastIndexOf('-', Math.Min(room, word.Length) - 1) is > 0 and var hyphen
                    && word[..hyphen].Trim('-').Length > 0) end = hyphen + 1;
                var part = CodePoints.Take(word, end);
                line.Add(part);
                queue.RemoveFirst();
                if (part.Length < word.Length) queue.AddFirst(word[part.Length..]);
            }
        }
    }

    static bool IsBlank(string chunk) => chunk.All(IsSpace);

    // The white space of ASCII only.
    static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f';

    /// <summary>Words and the white space between them. Words are split after hyphens.</summary>
    static List<string> Chunks(string text, bool breaksHyphens)
    {
        List<string> chunks = [];
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var isSpace = IsSpace(text[i]);
            while (i < text.Length && IsSpace(text[i]) == isSpace) i++;
            if (isSpace || !breaksHyphens) chunks.Add(text[start..i]);
            else Split(text[start..i], chunks);
        }
        return chunks;
    }

    static void Split(string word, List<string> chunks)
    {
        var start = 0;
        for (var i = 1; i < word.Length; i++)
        {
            if (word[i] != '-') continue;
            var end = i;
            while (end < word.Length && word[end] == '-') end++;
            var isDash = end - i >= 2 && IsBeforeDash(word[i - 1]) && end < word.Length && IsWord(word[end]);
            if (isDash)
            {
                if (i > start) chunks.Add(word[start..i]);
                chunks.Add(word[i..end]);
                start = end;
            }
            else if (end - i == 1 && IsAfterLetters(word, i) && IsBeforeLetters(word, end))
            {
                chunks.Add(word[start..end]);
                start = end;
            }
            i = end - 1;
        }
        if (start < word.Length) chunks.Add(word[start..]);
    }

    static bool IsAfterLetters(string word, int hyphen) =>
        hyphen >= 2 && IsLetter(word[hyphen - 1])
            && (IsLetter(word[hyphen - 2]) || word[hyphen - 2] == '-' && hyphen >= 3 && IsLetter(word[hyphen - 3]));

    static bool IsBeforeLetters(string word, int at) =>
        at < word.Length && IsLetter(word[at]) && (at + 1 < word.Length && IsLetter(word[at + 1])
            || at + 2 < word.Length && word[at + 1] == '-' && IsLetter(word[at + 2]));

    static bool IsBeforeDash(char c) => IsWord(c) || c is '!' or '"' or '\'' or '&' or '.' or ',' or '?';

    static bool IsLetter(char c) => IsWord(c) && !char.IsDigit(c);

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
