namespace Modular;

/// <summary>A growing run of characters in a pooled array, turned into one string at the end.</summary>
/// <remarks>A copy shares the array: pass it by reference, and do not touch it after <see cref="ToStringAndReturn"/>.</remarks>
ref struct ValueBuffer(int capacity)
{
    char[] _array = ArrayPool<char>.Shared.Rent(Math.Max(capacity, 64));
    int _length;

    internal readonly int Length => _length;

    internal readonly ReadOnlySpan<char> Written => _array.AsSpan(0, _length);

    /// <summary>The room after what is written; <see cref="Advance"/> says how much of it was filled.</summary>
    internal readonly Span<char> Free => _array.AsSpan(_length);

    internal void Advance(int count) => _length += count;

    /// <summary>Forgets everything after the first <paramref name="length"/> characters.</summary>
    internal void Truncate(int length) => _length = length;

    internal void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _array.Length - _length) Grow(text.Length);
        text.CopyTo(_array.AsSpan(_length));
        _length += text.Length;
    }

    internal void Append(char c)
    {
        if (_length == _array.Length) Grow(1);
        _array[_length++] = c;
    }

    internal void Append(char c, int count)
    {
        if (count > _array.Length - _length) Grow(count);
        _array.AsSpan(_length, count).Fill(c);
        _length += count;
    }

    internal void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(checked(_length + more), (int)Math.Min(_array.Length * 2L, Array.MaxLength)));
        Written.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_array);
        _array = larger;
    }

    internal string ToStringAndReturn()
    {
        var text = _length == 0 ? "" : new string(_array, 0, _length);
        ArrayPool<char>.Shared.Return(_array);
        _array = [];
        _length = 0;
        return text;
    }
}
