using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular;

/// <summary>Builds a URL in a stack buffer, or in a pooled one when that is full. Its string is the only allocation.</summary>
/// <param name="stack">The first buffer, usually of <see cref="StackSize"/> chars.</param>
ref struct UrlWriter(Span<char> stack)
{
    internal const int StackSize = 256;

    Span<char> _buffer = stack;
    char[]? _rented;
    int _length;

    internal readonly int Length => _length;

    /// <summary>What was written since <see cref="Length"/> was <paramref name="start"/>.</summary>
    internal readonly ReadOnlySpan<char> Since(int start) => _buffer[start.._length];

    internal void Append(char c)
    {
        if (_length == _buffer.Length) Grow(1);
        _buffer[_length++] = c;
    }

    internal void Append(char c, int count)
    {
        if (_length + count > _buffer.Length) Grow(count);
        _buffer.Slice(_length, count).Fill(c);
        _length += count;
    }

    internal void Append(scoped ReadOnlySpan<char> text)
    {
        if (_length + text.Length > _buffer.Length) Grow(text.Length);
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    /// <summary>The invariant text, as it is.</summary>
    internal void AppendFormatted<TValue>(TValue value, scoped ReadOnlySpan<char> format = default) where TValue : ISpanFormattable
    {
        int written;
        while (!value.TryFormat(_buffer[_length..], out written, format, CultureInfo.InvariantCulture)) Grow(_buffer.Length);
        _length += written;
    }

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

    /// <summary>Puts zeros into the number written since <paramref name="start"/>, after its sign, until it is so wide.</summary>
    internal void PadZeros(int start, int width)
    {
        var missing = width - (_length - start);
        if (missing <= 0) return;
        var sign = _buffer[start] == '-' ? 1 : 0;
        Append('0', missing);
        var digits = _buffer[(start + sign)..(_length - missing)];
        digits.CopyTo(_buffer[(start + sign + missing)..]);
        _buffer.Slice(start + sign, missing).Fill('0');
    }

    /// <summary>Takes away the slashes that stand at <paramref name="start"/>.</summary>
    internal void TrimSlashes(int start)
    {
        var kept = _buffer[start.._length].TrimStart('/');
        kept.CopyTo(_buffer[start..]);
        _length = start + kept.Length;
    }

    /// <summary>The finished URL. The writer is empty afterwards.</summary>
    internal string ToStringAndDispose()
    {
        var text = _buffer[.._length].ToString();
        Dispose();
        return text;
    }

    /// <summary>Gives the pooled buffer back, also when building failed half-way.</summary>
    internal void Dispose()
    {
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
        this = default;
    }

    void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + more, Math.Max(_buffer.Length * 2, StackSize)));
        _buffer[.._length].CopyTo(larger);
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
        _buffer = _rented = larger;
    }
}
