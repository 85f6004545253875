namespace Modular.Templating.Jinja;

/// <summary>Splits a template into its text and its tags, and applies the rules for white space.</summary>
sealed class Lexer
{
    readonly string _text;
    readonly JinjaOptions _options;
    readonly Delimiters _delimiters;
    readonly Func<string, int, Exception> _error;
    readonly List<Token> _tokens = [];
    int _at;
    bool _isLineStart = true;

    internal Lexer(string text, Delimiters delimiters, Func<string, int, Exception> error) =>
        (_text, _delimiters, _options, _error) = (text, delimiters, delimiters.Options, error);

    /// <summary>The template with simple line ends, and without the last one if the options say so.</summary>
    internal static string Normalize(string text, JinjaOptions options)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return !options.KeepTrailingNewline && text.EndsWith('\n') ? text[..^1] : text;
    }

    internal List<Token> Tokens()
    {
        while (_at < _text.Length)
        {
            if (!Next(_at, out var kind, out var start, out var length, out var isRaw)) break;
            var sign = isRaw ? RawSign(start) : Sign(start + length);
            Data(_text[_at..start], _at, sign, canLstrip: kind != TagKind.Variable);
            _at = isRaw ? start : start + length + (sign == '\0' ? 0 : 1);
            if (isRaw) Raw(start);
            else if (kind is TagKind.Comment) Comment(start);
            else if (kind is TagKind.LineComment) LineComment();
            else Tag(kind, start);
            _isLineStart = _at > 0 && _text[_at - 1] == '\n';
        }
        Data(_text[_at..], _at, '\0', canLstrip: false);
        _tokens.Add(new(TokenKind.End, "", _text.Length));
        return _tokens;
    }

    char Sign(int at) => at < _text.Length && _text[at] is '-' or '+' ? _text[at] : '\0';

    char RawSign(int start) => Sign(start + _options.BlockStart.Length);

    /// <summary>The next tag. Its start includes the blanks before the prefix of a line.</summary>
    bool Next(int from, out TagKind kind, out int start, out int length, out bool isRaw)
    {
        for (start = from; start < _text.Length; start++)
        {
            if (Starts(_options.BlockStart, start) && RawEnd(start, "raw", allowsPlus: false) >= 0)
            {
                (kind, length, isRaw) = (TagKind.Block, _options.BlockStart.Length, true);
                return true;
            }
            foreach (var (tag, text) in _delimiters.Tags)
            {
                var blanks = tag switch
                {
                    TagKind.LineStatement => start == 0 || _text[start - 1] == '\n' ? Blanks(start, c => c is ' ' or '\t' or '\v') : -1,
                    TagKind.LineComment => start == 0 || _text[start - 1] == '\n' || !CodePoints.IsSpace(_text[start - 1])
                        ? Blanks(start, c => CodePoints.IsSpace(c) && c is not ('\n' or '\r')) : -1,
                    _ => 0,
                };
                if (blanks < 0 || !Starts(text, start + blanks)) continue;
                (kind, length, isRaw) = (tag, blanks + text.Length, false);
                return true;
            }
        }
        (kind, length, isRaw) = (default, 0, false);
        return false;
    }

    int Blanks(int start, Func<char, bool> isBlank)
    {
        var end = start;
        while (end < _text.Length && isBlank(_text[end])) end++;
        return end - start;
    }

    bool Starts(string text, int at) => string.CompareOrdinal(_text, at, text, 0, text.Length) == 0;

    void Data(string text, int position, char sign, bool canLstrip)
    {
        if (sign == '-') text = CodePoints.TrimEnd(text);
        else if (sign != '+' && canLstrip && _options.LstripBlocks)
        {
            var line = text.LastIndexOf('\n') + 1;
            if ((line > 0 || _isLineStart) && text.AsSpan(line).IsWhiteSpace()) text = text[..line];
        }
        if (text.Length == 0) return;
        if (_options.NewlineSequence != "\n") text = text.Replace("\n", _options.NewlineSequence, StringComparison.Ordinal);
        _tokens.Add(new(TokenKind.Data, text, position));
    }

    void Comment(int start)
    {
        if (_at == _text.Length) return;        // as in Jinja, which finds nothing to close
        var end = _text.IndexOf(_options.CommentEnd, _at, StringComparison.Ordinal);
        if (end < 0) throw _error($"A comment isn't closed. Write \"{_options.CommentEnd}\" at its end.", start);
        var sign = end > _at ? _text[end - 1] : '\0';
        _at = end + _options.CommentEnd.Length;
        if (sign == '-') SkipSpace();
        else if (sign != '+') TrimNewline();
    }

    void LineComment()
    {
        while (_at < _text.Length && _text[_at] != '\n') _at++;
    }

    void SkipSpace()
    {
        while (_at < _text.Length && CodePoints.IsSpace(_text[_at])) _at++;
    }

    void TrimNewline()
    {
        if (_options.TrimBlocks && _at < _text.Length && _text[_at] == '\n') _at++;
    }

    /// <summary>The end of <c>{% raw %}</c> or <c>{% endraw %}</c> at a position. -1 when it isn't one.</summary>
    int RawEnd(int start, string word, bool allowsPlus)
    {
        var at = start + _options.BlockStart.Length;
        if (Sign(at) != '\0') at++;
        at += Blanks(at, CodePoints.IsSpace);
        if (!Starts(word, at)) return -1;
        at += word.Length;
        at += Blanks(at, CodePoints.IsSpace);
        var sign = Sign(at);
        if (sign == '-' && Starts(_options.BlockEnd, at + 1))
        {
            at += 1 + _options.BlockEnd.Length;
            return at + Blanks(at, CodePoints.IsSpace);
        }
        if (sign == '+' && allowsPlus && Starts(_options.BlockEnd, at + 1)) return at + 1 + _options.BlockEnd.Length;
        if (!Starts(_options.BlockEnd, at)) return -1;
        at += _options.BlockEnd.Length;
        return allowsPlus && _options.TrimBlocks && at < _text.Length && _text[at] == '\n' ? at + 1 : at;
    }

    void Raw(int start)
    {
        _at = RawEnd(start, "raw", allowsPlus: false);
        if (_at == _text.Length) return;        // as in Jinja, which finds nothing to close
        for (var end = _at; ; end++)
        {
            end = _text.IndexOf(_options.BlockStart, end, StringComparison.Ordinal);
            if (end < 0) throw _error("A raw block isn't closed. Write {% endraw %} at its end.", start);
            var after = RawEnd(end, "endraw", allowsPlus: true);
            if (after < 0) continue;
            _isLineStart = _text[_at - 1] == '\n';
            Data(_text[_at..end], _at, RawSign(end), canLstrip: true);
            _at = after;
            return;
        }
    }

    void Tag(TagKind kind, int start)
    {
        var isVariable = kind == TagKind.Variable;
        _tokens.Add(new(isVariable ? TokenKind.VariableBegin : TokenKind.BlockBegin, "", start));
        var words = new ExpressionLexer(_text, _tokens, _options.NewlineSequence, _error);
        while (true)
        {
            if (words.IsBalanced && (kind == TagKind.LineStatement ? TryLineEnd() : TryEnd(isVariable)))
                return;
            if (_at >= _text.Length)
            {
                if (kind == TagKind.LineStatement && words.IsBalanced) break;
                throw _error(words.Open is { } open
                    ? $"\"{open}\" isn't closed. Close it before the end of the {(isVariable ? "expression" : "statement")}."
                    : $"{(isVariable ? "An expression" : "A statement")} isn't closed. Write " +
                        $"\"{(isVariable ? _options.VariableEnd : _options.BlockEnd)}\" at its end.", start);
            }
            _at = words.Read(_at);
        }
        _tokens.Add(new(TokenKind.BlockEnd, "", _at));
    }

    bool TryEnd(bool isVariable)
    {
        var end = isVariable ? _options.VariableEnd : _options.BlockEnd;
        var sign = Sign(_at);
        var isStrip = sign == '-' && Starts(end, _at + 1);
        var isKeep = sign == '+' && !isVariable && Starts(end, _at + 1);
        if (!isStrip && !isKeep && !Starts(end, _at)) return false;
        _tokens.Add(new(isVariable ? TokenKind.VariableEnd : TokenKind.BlockEnd, "", _at));
        _at += end.Length + (isStrip || isKeep ? 1 : 0);
        if (isStrip) SkipSpace();
        else if (!isKeep && !isVariable) TrimNewline();
        return true;
    }

    // White space up to the last line end in a row, or up to the end.
    bool TryLineEnd()
    {
        var end = _at + Blanks(_at, CodePoints.IsSpace);
        if (end < _text.Length)
        {
            var newline = _text.LastIndexOf('\n', Math.Max(_at, end - 1), Math.Max(0, end - _at));
            if (newline < 0) return false;
            end = newline + 1;
        }
        _tokens.Add(new(TokenKind.BlockEnd, "", _at));
        _at = end;
        return true;
    }
}
