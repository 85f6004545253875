using System.Globalization;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Makes links of the addresses in a text.</summary>
static class Links
{
    static readonly string[] TopLevels = ["com", "net", "int", "edu", "gov", "org", "info", "mil"];
    static readonly string[] Openers = ["(", "<", "&lt;"];
    static readonly string[] Closers = [")", ">", ".", ",", "\n", "&gt;"];
    static readonly (string Open, string Close)[] Pairs = [("(", ")"), ("<", ">"), ("&lt;", "&gt;")];

    /// <param name="html">The escaped text.</param>
    /// <param name="limit">The longest text of a link, or null.</param>
    /// <param name="rel">The links' attribute <c>rel</c>.</param>
    /// <param name="target">The links' attribute <c>target</c>, or null.</param>
    /// <param name="schemes">More schemes, such as <c>tel:</c>.</param>
    /// <param name="state">The page.</param>
    internal static string Urlize(string html, long? limit, string rel, string? target, string[] schemes, RenderState state)
    {
        foreach (var scheme in schemes)
            if (!IsScheme(scheme)) throw new JinjaError($"{Py.Repr(scheme)} is not a valid URI scheme prefix.");
        var attributes = (rel.Length > 0 ? $" rel=\"{Text.Escape(rel)}\"" : "") + (target is null ? ""
            : $" target=\"{Text.Escape(target)}\"");
        var builder = new StringBuilder();
        for (var i = 0; i < html.Length;)
        {
            var start = i;
            var isSpace = CodePoints.IsSpace(html[i]);
            while (i < html.Length && CodePoints.IsSpace(html[i]) == isSpace) i++;
            if (isSpace) builder.Append(html, start, i - start);
            else Word(builder, html[start..i], limit, attributes, schemes);
            state.Grown(builder.Length);
        }
        return builder.ToString();
    }

    static bool IsScheme(string scheme)
    {
        var rest = scheme.TrimEnd('/');
        return scheme.Length - rest.Length <= 2 && rest.Length > 2 && rest.EndsWith(':')
            && rest[..^1].All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '+' or '-');
    }

    static void Word(StringBuilder builder, string word, long? limit, string attributes, string[] schemes)
    {
        var (head, tail) = (0, word.Length);
        while (Openers.FirstOrDefault(open =>
            word.AsSpan(head).StartsWith(open, StringComparison.Ordinal)) is { } open) head += open.Length;
        while (tail > head && Closers.FirstOrDefault(close =>
            word.AsSpan(head, tail - head).EndsWith(close, StringComparison.Ordinal)) is { } close)
            tail -= close.Length;
        foreach (var (open, close) in Pairs)
        {
            var missing = Count(word[head..tail], open) - Count(word[head..tail], close);
            if (missing <= 0) continue;
            for (var n = Math.Min(Count(word[head..tail], open), Count(word[tail..], close)); n > 0; n--)
                tail = word.IndexOf(close, tail, StringComparison.Ordinal) + close.Length;
        }
        builder.Append(word, 0, head);
        Link(builder, word[head..tail], limit, attributes, schemes);
        builder.Append(word, tail, word.Length - tail);
    }

    static int Count(string text, string part) => text.AsSpan().Count(part);

    static void Link(StringBuilder builder, string text, long? limit, string attributes, string[] schemes)
    {
        var shown = limit is { } most && CodePoints.Count(text) > most ? $"{CodePoints.Take(text, most)}..." : text;
        if (IsAddress(text))
        {
            var hasScheme = text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal);
            builder.Append(CultureInfo.InvariantCulture, $"<a href=\"{(hasScheme ? "" : "https://")}{text}\"{attributes}>{shown}</a>");
        }
        else if (text.StartsWith("mailto:", StringComparison.Ordinal) && IsMail(text[7..])) builder.Append(CultureInfo.InvariantCulture,
            $"<a href=\"{text}\">{text[7..]}</a>");
        else if (text.Contains('@', StringComparison.Ordinal) && !text.StartsWith("www.", StringComparison.Ordinal)
            && !text.Contains(':', StringComparison.Ordinal) && IsMail(text))
            builder.Append(CultureInfo.InvariantCulture, $"<a href=\"mailto:{text}\">{text}</a>");
        else if (Array.Find(schemes, scheme => text != scheme && text.StartsWith(scheme, StringComparison.Ordinal)) is not null)
            builder.Append(CultureInfo.InvariantCulture, $"<a href=\"{text}\"{attributes}>{text}</a>");
        else builder.Append(text);
    }

    static bool IsMail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || at + 1 >= text.Length || !IsWord(text[at + 1])) return false;
        var dot = text.LastIndexOf('.');
        return dot > at + 1 && dot + 1 < text.Length && text.AsSpan(at + 1).ToString().All(c => IsWord(c) || c is '.' or '-')
            && text[(dot + 1)..].All(IsWord);
    }

    /// <summary>True for <c>https://…</c>, <c>www.…</c>, and names under one of the well-known top-level domains.</summary>
    static bool IsAddress(string text)
    {
        var scheme = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
        var prefix = scheme > 0 ? scheme : text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        var end = prefix;
        if (scheme > 0 && end < text.Length && text[end] == '[')
        {
            end = text.IndexOf(']', end);
            return end > 0 && text[(scheme + 1)..end] is var inside && inside.Count(c => c == ':') is >= 2 and <= 7
                && inside.All(c => char.IsAsciiHexDigit(c) || c == ':') && IsRest(text, end + 1);
        }
        while (end < text.Length && (IsWord(text[end]) || text[end] is '%' or '-' or '.')) end++;
        if (!IsRest(text, end)) return false;
        var labels = text[prefix..end].Split('.');
        if (labels.Any(label => label.Length == 0)) return false;
        if (scheme > 0 && labels.Length == 4 && labels.All(label => label.Length <= 3 && label.All(char.IsDigit))) return true;
        if (prefix > 0 && IsTopLevel(labels[^1])) return true;
        labels = text[..end].Split('.');
        return scheme == 0 && labels.Length >= 2 && labels[..^1].All(label => label.Length is >= 2 and <= 63)
            && TopLevels.Contains(labels[^1], StringComparer.OrdinalIgnoreCase);
    }

    static bool IsTopLevel(string label) => label.Length is >= 2 and <= 63 && label.All(char.IsAsciiLetter)
        || label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) && label.Length is >= 6 and <= 63
            && label[4..].All(c => IsWord(c) || c == '%');

    // A port, then a path, a query or a fragment.
    static bool IsRest(string text, int at)
    {
        if (at < text.Length && text[at] == ':')
        {
            var start = ++at;
            while (at < text.Length && char.IsDigit(text[at])) at++;
            if (at == start || at - start > 5) return false;
        }
        return at == text.Length || text[at] is '/' or '?' or '#';
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
