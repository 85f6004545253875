using System.Buffers;

namespace Modular.Sessions;

/// <summary>Grows as bytes come; rented, so it must be disposed of.</summary>
struct Utf8Buffer(int capacity)
{
    byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);

    internal int Length { get; private set; }

    internal readonly ReadOnlySpan<byte> Written => _array.AsSpan(0, Length);

    /// <summary>The written bytes and some room behind them.</summary>
    internal Span<byte> WithRoom(int more)
    {
        Grow(more);
        return _array;
    }

    /// <summary>Counts bytes that were put into the room.</summary>
    internal void Advance(int count) => Length += count;

    internal void Append(byte one)
    {
        if (Length == _array.Length) Grow(1);
        _array[Length++] = one;
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_array.AsSpan(Length));
        Length += bytes.Length;
    }

    void Grow(int more)
    {
        if (Length + more <= _array.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_array.Length * 2, Length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }

    internal readonly void Dispose() => ArrayPool<byte>.Shared.Return(_array);
}
