namespace Modular;

/// <summary>Builds a URL in a stack buffer, or in a pooled one when that is full. Its string is the only allocation.</summary>
/// <param name="stack">The first buffer, usually of <see cref="StackSize"/> chars.</param>
ref struct UrlWriter(Span<char> stack)
{
    internal const int StackSize = 256;

    DefaultInterpolatedStringHandler _text = new(0, 0, CultureInfo.InvariantCulture, stack);

    internal readonly int Length => _text.Text.Length;

    internal void Append(char c) => _text.AppendFormatted(new ReadOnlySpan<char>(in c));

    internal void Append(scoped ReadOnlySpan<char> text) => _text.AppendFormatted(text);

    /// <summary>The invariant text, as it is.</summary>
    internal void AppendFormatted<TValue>(TValue value) where TValue : ISpanFormattable => _text.AppendFormatted(value);

    /// <summary>
    /// The text with everything outside <paramref name="safe"/> percent-encoded, a lone surrogate as U+FFFD;
    /// with <paramref name="spaceIsPlus"/>, for queries, a space is written <c>+</c>.
    /// </summary>
    internal void AppendEncoded(scoped ReadOnlySpan<char> text, SearchValues<char> safe, bool spaceIsPlus = false)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(safe);
            if (plain < 0) plain = text.Length;
            Append(text[..plain]);
            text = text[plain..];
            if (text.IsEmpty) return;
            if (spaceIsPlus && text[0] == ' ')
            {
                Append('+');
                text = text[1..];
                continue;
            }
            Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                Append(['%', "0123456789ABCDEF"[b >> 4], "0123456789ABCDEF"[b & 15]]);
            text = text[consumed..];
        }
    }

    /// <summary>Makes what was written since <see cref="Length"/> was <paramref name="start"/> begin with exactly one slash.</summary>
    internal void BeginWithOneSlash(int start)
    {
        if (_text.Text[start..] is ['/'] or ['/', not '/', ..]) return;
        var kept = $"{_text.Text[..start]}/{_text.Text[start..].TrimStart('/')}";
        _text.Clear();
        _text.AppendLiteral(kept);
    }

    /// <summary>The finished URL. The writer is empty afterwards.</summary>
    internal string ToStringAndDispose() => _text.ToStringAndClear();

    /// <summary>Gives the pooled buffer back, also when building failed half-way.</summary>
    internal void Dispose() => _text.Clear();
}
