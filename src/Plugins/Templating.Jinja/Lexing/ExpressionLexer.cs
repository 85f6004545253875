using System.Globalization;
using System.Numerics;

namespace Modular.Templating.Jinja;

/// <summary>Reads the words, numbers, texts and operators inside of a tag.</summary>
sealed class ExpressionLexer(string text, List<Token> tokens, string newline, Func<string, int, Exception> error)
{
    static readonly string[] LongOperators = ["**", "//", "==", "!=", ">=", "<="];
    const string ShortOperators = "+-*/%~[](){}<>=.:|,;";

    readonly Stack<char> _open = new();

    /// <summary>True outside of parentheses, brackets and braces, where the end of the tag can be.</summary>
    internal bool IsBalanced => _open.Count == 0;

    /// <summary>The parenthesis that is open. Null when none is.</summary>
    internal char? Open => _open.TryPeek(out var open) ? open : null;

    /// <summary>Reads one token and returns the position after it.</summary>
    internal int Read(int at)
    {
        var c = text[at];
        if (CodePoints.IsSpace(c)) return at + 1;
        if (char.IsAsciiDigit(c)) return Number(at);
        if (char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c)) return Name(at);
        if (c is '\'' or '"') return Text(at);
        foreach (var op in LongOperators)
            if (string.CompareOrdinal(text, at, op, 0, op.Length) == 0) return Add(op, at);
        if (!ShortOperators.Contains(c, StringComparison.Ordinal))
            throw error($"The character \"{c}\" isn't expected here. Write it in quotes, or remove it.", at);
        if (c is '(' or '[' or '{') _open.Push(c);
        else if (c is ')' or ']' or '}') Close(c, at);
        return Add(c.ToString(), at);
    }

    int Add(string op, int at)
    {
        tokens.Add(new(TokenKind.Operator, op, at));
        return at + op.Length;
    }

    void Close(char c, int at)
    {
        if (!_open.TryPop(out var open)) throw error($"\"{c}\" closes nothing. Remove it.", at);
        var expected = open == '(' ? ')' : open == '[' ? ']' : '}';
        if (c != expected) throw error($"\"{c}\" stands where \"{expected}\" must close \"{open}\".", at);
    }

    int Name(int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_' || char.IsSurrogate(text[end])
            || CharUnicodeInfo.GetUnicodeCategory(text[end]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            end++;
        var name = text[at..end];
        if (!char.IsLetter(name[0]) && name[0] != '_' && !char.IsSurrogate(name[0])
            && CharUnicodeInfo.GetUnicodeCategory(name[0]) != UnicodeCategory.LetterNumber)
            throw error($"\"{name}\" isn't a valid name.", at);
        tokens.Add(new(TokenKind.Name, name, at));
        return end;
    }

    int Number(int at)
    {
        if (Radix(at, out var end, out var value)) return AddNumber(at, end, value);
        end = Digits(at);
        // "foo.0.1" has two integers.
        var canBeFloat = at == 0 || text[at - 1] != '.';
        var isFloat = false;
        if (canBeFloat && end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            (end, isFloat) = (Digits(end + 1), true);
        if (canBeFloat && end < text.Length && text[end] is 'e' or 'E')
        {
            var power = end + 1;
            if (power < text.Length && text[power] is '+' or '-') power++;
            if (power < text.Length && char.IsAsciiDigit(text[power])) (end, isFloat) = (Digits(power), true);
        }
        var digits = text[at..end].Replace("_", "", StringComparison.Ordinal);
        if (isFloat)
        {
            tokens.Add(new(TokenKind.Float, digits, at, double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)));
            return end;
        }
        // Only zero starts with a zero.
        if (digits[0] == '0' && digits.Trim('0').Length > 0)
            throw error($"The number {digits} starts with a zero. Write it without.", at);
        if (digits.Length > 4300) throw error("A number has more than 4300 digits.", at);
        return AddNumber(at, end, BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    int AddNumber(int at, int end, BigInteger value)
    {
        tokens.Add(new(TokenKind.Integer, text[at..end], at, Num.Box(value)));
        return end;
    }

    // Digits, with single underscores between them.
    int Digits(int at)
    {
        while (at < text.Length
            && (char.IsAsciiDigit(text[at]) || text[at] == '_' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) at++;
        return at;
    }

    bool Radix(int at, out int end, out BigInteger value)
    {
        (end, value) = (at, default);
        if (text[at] != '0' || at + 1 >= text.Length) return false;
        var radix = char.ToLowerInvariant(text[at + 1]) switch { 'b' => 2, 'o' => 8, 'x' => 16, _ => 0 };
        if (radix == 0) return false;
        end = at + 2;
        while (end < text.Length)
        {
            var digit = text[end] == '_' && end + 1 < text.Length ? text[end + 1] : text[end];
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var number && number >= radix) break;
            value = value * radix + Convert.ToInt32(digit.ToString(), 16);
            end += text[end] == '_' ? 2 : 1;
        }
        return end > at + 2;
    }

    int Text(int at)
    {
        var end = at + 1;
        while (end < text.Length && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length) throw error($"A text isn't closed. Write {text[at]} at its end.", at);
        tokens.Add(new(TokenKind.Text,
            TextLiteral.Of(text[(at + 1)..end].Replace("\n", newline, StringComparison.Ordinal), problem => error(problem, at)), at));
        return end + 1;
    }
}
