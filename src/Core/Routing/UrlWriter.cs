using System.Collections;

namespace Modular;

/// <summary>Builds a URL in a stack buffer, or in a pooled one when that is full. Its string is the only allocation.</summary>
ref struct UrlWriter(Span<char> stack)
{
    internal const int StackSize = 256;
    static readonly SearchValues<char> WholeNumber = SearchValues.Create("-0123456789");

    DefaultInterpolatedStringHandler _text = new(0, 0, CultureInfo.InvariantCulture, stack);

    internal readonly int Length => _text.Text.Length;

    internal void Append(scoped ReadOnlySpan<char> text) => _text.AppendFormatted(text);

    /// <summary>The text with everything outside <paramref name="safe"/> percent-encoded, a lone surrogate as U+FFFD.</summary>
    internal void AppendEncoded(scoped ReadOnlySpan<char> text, SearchValues<char> safe, bool spaceIsPlus = false)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (text.IndexOfAnyExcept(safe) is >= 0 and var plain)
        {
            Append(text[..plain]);
            Rune.DecodeFromUtf16(text[plain..], out var rune, out var consumed);
            text = text[(plain + consumed)..];
            if (spaceIsPlus && rune.Value == ' ') Append("+");
            else
                foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                    Append(['%', "0123456789ABCDEF"[b >> 4], "0123456789ABCDEF"[b & 15]]);
        }
        Append(text);
    }

    /// <summary>The value's <see cref="TextOf"/> percent-encoded, without a string in between where the value allows it.</summary>
    internal void AppendValue(object value, SearchValues<char> safe, bool spaceIsPlus = false)
    {
        Span<char> buffer = stackalloc char[64];
        if (value is ISpanFormattable formattable and not (double or float)
            && formattable.TryFormat(buffer, out var length, FormatOf(value), CultureInfo.InvariantCulture))
            AppendEncoded(buffer[..length], safe, spaceIsPlus);
        else AppendEncoded(TextOf(value), safe, spaceIsPlus);
    }

    /// <summary>How a value reads in a URL, not yet encoded: invariant text, dates and times in ISO 8601.</summary>
    internal static string TextOf(object value) => value switch
    {
        string text => text,
        IEnumerable => throw new FormatException($"a list ({value.GetType().Name}) does not fit into one place"),
        double or float => Fraction(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        IFormattable formattable => formattable.ToString(FormatOf(value), CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // A number with a point keeps it: "1.0", "1e+20", so that a rule for such numbers matches it, as in Flask.
    static string Fraction(string text) => text.AsSpan().ContainsAnyExcept(WholeNumber) ? text.Replace('E', 'e') : text + ".0";

    static string? FormatOf(object value) => value is DateOnly or TimeOnly or DateTime or DateTimeOffset ? "O" : null;

    /// <summary>Makes what was written since <see cref="Length"/> was <paramref name="start"/> begin with exactly one slash.</summary>
    internal void BeginWithOneSlash(int start)
    {
        if (_text.Text[start..] is ['/'] or ['/', not '/', ..]) return;
        var kept = $"{_text.Text[..start]}/{_text.Text[start..].TrimStart('/')}";
        _text.Clear();
        _text.AppendLiteral(kept);
    }

    internal string ToStringAndDispose() => _text.ToStringAndClear();

    /// <summary>Gives the pooled buffer back, also when building failed half-way.</summary>
    internal void Dispose() => _text.Clear();
}
