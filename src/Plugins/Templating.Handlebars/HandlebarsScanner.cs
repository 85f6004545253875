using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular.Templating.Handlebars;

/// <summary>
/// Reads a template's tags before Handlebars.Net does. It finds unclosed blocks and their position, and it writes a mark before each
/// partial and each
/// helper call, which gives a run-time error its position. The mark before a partial also prevents Handlebars.Net from indenting it,
/// because it doesn't escape indented text.
/// </summary>
sealed class HandlebarsScanner
{
    /// <summary>The helper that marks a position.</summary>
    internal const string Mark = "__at";

    static readonly SearchValues<char> EndsName = SearchValues.Create(" \t\r\n()");

    readonly TemplateSource _source;
    readonly string _text;
    readonly int _number;
    readonly StringBuilder _marked;
    readonly List<(int Marked, int Original)> _steps = [(0, 0)];
    readonly Stack<Block> _open = new();
    readonly HandlebarsEngine _engine;
    TemplateException? _unknown;
    int _copied;

    HandlebarsScanner(TemplateSource source, int number, HandlebarsEngine engine)
    {
        (_source, _text, _number, _engine) = (source, source.Text, number, engine);
        _marked = new(source.Text.Length + 256);
    }

    /// <summary>An open block.</summary>
    sealed record Block(string Name, int Position, bool TakesElse)
    {
        internal bool HasElse { get; set; }
    }

    /// <summary>The text with marks, and the mapping to the original positions.</summary>
    /// <param name="Source">The template.</param>
    /// <param name="Text">The text with marks.</param>
    /// <param name="Steps">Maps a position in the text to one in the template.</param>
    /// <param name="Unknown">The first call of a missing helper. It is reported when there is no other mistake.</param>
    internal sealed record Scanned(TemplateSource Source, string Text, List<(int Marked, int Original)> Steps, TemplateException? Unknown)
    {
        const string Place = "Occured at: ";

        /// <summary>An error from Handlebars.Net's parser, with a position in the marked text.</summary>
        internal TemplateException Error(Exception error)
        {
            var innermost = error;
            while (innermost.InnerException is { } inner) innermost = inner;
            var message = error.Message.Contains(Place, StringComparison.Ordinal) ? error.Message : innermost.Message;
            var at = message.IndexOf(Place, StringComparison.Ordinal);
            if (at < 0) return new($"{message} Correct the tag as in the Handlebars documentation.", Source);
            var numbers = message[(at + Place.Length)..].Split(':');
            var (line, column) = Source.Locate(Original(Position(int.Parse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture),
                int.Parse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture))));
            return new($"{message[..at].Trim()} Correct the tag as in the Handlebars documentation.", Source, line, column);
        }

        int Position(int line, int column)
        {
            var start = 0;
            for (; line > 0 && Text.IndexOf('\n', start) is var end and >= 0; line--) start = end + 1;
            return Math.Min(Text.Length, start + column);
        }

        int Original(int marked)
        {
            var step = Steps.FindLast(step => step.Marked <= marked);
            return step.Original + marked - step.Marked;
        }
    }

    /// <param name="source">The template.</param>
    /// <param name="number">The number of the template, for its marks.</param>
    /// <param name="engine">The engine with the helpers.</param>
    /// <exception cref="TemplateException">A tag or a block isn't closed, or is closed with another name, or an <c>else</c> belongs to no
    /// block.</exception>
    internal static Scanned Scan(TemplateSource source, int number, HandlebarsEngine engine)
    {
        var scanner = new HandlebarsScanner(source, number, engine);
        scanner.Scan();
        return new(source, scanner._marked.ToString(), scanner._steps, scanner._unknown);
    }

    /// <summary>True when the tag at a position contains the name.</summary>
    internal static bool Mentions(TemplateSource source, int position, string name)
    {
        var end = source.Text.IndexOf("}}", position, StringComparison.Ordinal);
        return HasWord(source.Text.AsSpan(position, (end < 0 ? source.Text.Length : end) - position), name);
    }

    /// <summary>The first tag that contains the name, or -1.</summary>
    internal static int Mention(TemplateSource source, string name)
    {
        for (var i = source.Text.IndexOf("{{", StringComparison.Ordinal); i >= 0;
            i = source.Text.IndexOf("{{", i + 2, StringComparison.Ordinal))
            if (Mentions(source, i, name)) return i;
        return -1;
    }

    static bool HasWord(ReadOnlySpan<char> tag, string name)
    {
        for (var from = 0; tag[from..].IndexOf(name, StringComparison.OrdinalIgnoreCase) is var found and >= 0; from += found + 1)
        {
            var (start, end) = (from + found, from + found + name.Length);
            if ((start == 0 || !IsWord(tag[start - 1])) && (end >= tag.Length || !IsWord(tag[end]))) return true;
        }
        return false;
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    void Scan()
    {
        for (var i = Next(0); i >= 0; i = Next(i)) i = Tag(i);
        if (_open.TryPeek(out var open))
            throw Error($"The block \"{open.Name}\" is never closed. Write {{{{/{open.Name}}}}} at its end.", open.Position);
        _marked.Append(_text, _copied, _text.Length - _copied);
    }

    // A backslash before braces makes them text. Two backslashes before a tag are one backslash.
    int Next(int from)
    {
        for (var i = _text.IndexOf("{{", from, StringComparison.Ordinal); i >= 0; i = _text.IndexOf("{{", i + 2, StringComparison.Ordinal))
        {
            var slashes = 0;
            while (i - slashes > 0 && _text[i - slashes - 1] == '\\') slashes++;
            if (slashes != 1) return i;
        }
        return -1;
    }

    // Returns the position after the tag.
    int Tag(int start)
    {
        if (At(start, "{{{{")) throw Error("Raw blocks aren't supported. Write \\{{ before each tag that is text.", start);
        var from = start + (At(start, "{{{") ? 3 : 2);
        if (from < _text.Length && _text[from] == '~') from++;
        if (At(from, "!--")) return After("--", start, from + 3);
        if (At(from, "!")) return After("", start, from + 1);
        var end = End(start, from);
        var inside = _text[from..end].TrimEnd('~').Trim();
        var length = SigilLength(inside);
        var (sigil, rest) = (inside[..length], inside[length..].TrimStart());
        var nameLength = 0;
        while (nameLength < rest.Length && !char.IsWhiteSpace(rest[nameLength])) nameLength++;
        var (name, hasArguments) = (rest[..nameLength].Trim('"', '\'', '[', ']'), nameLength < rest.Length);
        if (sigil is "#" or "^" && !hasArguments && name is "if" or "unless" or "each" or "with")
            throw Error($"The block \"{name}\" has no value. Write {{{{#{name} value}}}}.", start);
        if (sigil is "" or "#" or "^" && hasArguments && IsName(name) && !_engine.Knows(name)) _unknown ??= Error(
            rest[nameLength..].TrimStart().StartsWith("as |", StringComparison.Ordinal)
                ? $"Only the blocks \"each\" and \"with\" can name their items. Write {{{{#each {rest}}}}}."
                : Failure.NoHelper(name, _engine), start);
        CheckCalls(inside, start);
        switch (sigil)
        {
            case "/": Close(name, start); break;
            case "^" when name.Length == 0:
                Else(isLast: true, start);
                WriteElse(start, end);
                break;
            case "" when name == "else": Else(isLast: !hasArguments, start); break;
            case "#" or "#>" or "#*" or "^": _open.Push(new(name, start, sigil is "#" or "^")); break;
            case ">": MarkPartial(start, end); break;
            case "&": throw Error("\"{{&\" isn't supported. Write {{{x}}}, or {{safe x}}.", start);
            case "" when hasArguments: AddMark(start); break;
        }
        return end + (At(start, "{{{") ? 3 : 2);
    }

    static int SigilLength(string inside) =>
        inside.StartsWith("#>", StringComparison.Ordinal) || inside.StartsWith("#*", StringComparison.Ordinal)
            ? 2
            : inside.Length > 0 && inside[0] is '#' or '^' or '/' or '>' or '&' ? 1 : 0;

    int After(string close, int start, int from)
    {
        var end = _text.IndexOf($"{close}}}}}", from, StringComparison.Ordinal) is var plain and >= 0 ? plain + close.Length + 2 : -1;
        var trimmed = _text.IndexOf($"{close}~}}}}", from, StringComparison.Ordinal) is var tilde and >= 0 ? tilde + close.Length + 3 : -1;
        if (trimmed >= 0 && (end < 0 || trimmed < end)) end = trimmed;
        return end >= 0 ? end : throw Error($"A comment is never closed. Write \"{close}}}}}\" after it.", start);
    }

    // Closing braces in quotes don't end the tag.
    int End(int start, int from)
    {
        for (var i = from; i + 1 < _text.Length; i++)
            if (_text[i] is '"' or '\'')
            {
                i = _text.IndexOf(_text[i], i + 1);
                if (i < 0) break;
            }
            else if (_text[i] == '}' && _text[i + 1] == '}') return i;
        throw Error("\"{{\" is never closed. Write \"}}\" after it, and close every quote before it.", start);
    }

    void Else(bool isLast, int position)
    {
        if (!_open.TryPeek(out var block) || !block.TakesElse)
            throw Error("\"else\" is outside a block. Write it inside a block with a condition or a list, such as {{#each items}}.",
                position);
        if (block.HasElse)
            throw Error($"\"else\" follows another \"else\" of the block \"{block.Name}\". " +
                "Write a plain \"else\" once, as the last branch.", position);
        block.HasElse = isLast;
    }

    // Checks helpers called in parentheses, because an unknown one without arguments would silently be empty.
    void CheckCalls(string inside, int position)
    {
        for (var i = 0; i < inside.Length; i++)
            if (inside[i] is '"' or '\'') i = inside.IndexOf(inside[i], i + 1) is var end and >= 0 ? end : inside.Length;
            else if (inside[i] == '(')
            {
                var name = inside[(i + 1)..].TrimStart();
                name = name[..(name.AsSpan().IndexOfAny(EndsName) is var length and >= 0 ? length : name.Length)];
                if (IsName(name) && !_engine.Knows(name)) _unknown ??= Error(Failure.NoHelper(name, _engine), position);
            }
    }

    static bool IsName(string text) => text.Length > 0 && text.All(c => IsWord(c) || c == '-');

    void Close(string name, int position)
    {
        if (!_open.TryPop(out var open))
            throw Error($"\"{name}\" closes a block that isn't open. Remove it, or open the block before it.", position);
        if (open.Name != name)
            throw Error($"\"{name}\" closes the block \"{open.Name}\". Write {{{{/{open.Name}}}}} here first.", position);
    }

    // A partial alone on its line removes the line's blanks and line end. They are removed here, because the mark would keep them.
    void MarkPartial(int start, int end)
    {
        var (first, last) = (start, end + 2);
        while (first > 0 && _text[first - 1] is ' ' or '\t') first--;
        while (last < _text.Length && _text[last] is ' ' or '\t' or '\r') last++;
        var isAlone = (first == 0 || _text[first - 1] == '\n') && (last == _text.Length || _text[last] == '\n');
        if (!isAlone)
        {
            AddMark(start);
            return;
        }
        Copy(first);
        _copied = start;
        AddMark(start);
        Copy(end + 2);
        _copied = Math.Min(_text.Length, last + 1);
        _steps.Add((_marked.Length, _copied));
    }

    // Handlebars.Net supports "{{^}}" only in conditions, and omits the text after it in other blocks.
    void WriteElse(int start, int end)
    {
        Copy(start);
        _marked.Append(_text[start + 2] == '~' ? "{{~else" : "{{else").Append(_text[end - 1] == '~' ? "~}}" : "}}");
        _copied = end + 2;
        _steps.Add((_marked.Length, _copied));
    }

    void AddMark(int start)
    {
        Copy(start);
        var trims = _text[start..].TrimStart('{').StartsWith('~') ? "~" : "";
        _marked.Append(CultureInfo.InvariantCulture, $"{{{{{trims}{Mark} {_number} {start}}}}}");
        _steps.Add((_marked.Length, start));
    }

    void Copy(int end)
    {
        _marked.Append(_text, _copied, end - _copied);
        _copied = end;
    }

    bool At(int position, string what) => string.CompareOrdinal(_text, position, what, 0, what.Length) == 0;

    TemplateException Error(string problem, int position)
    {
        var (line, column) = _source.Locate(position);
        return new(problem, _source, line, column);
    }
}
