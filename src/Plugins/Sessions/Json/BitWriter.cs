using System.Buffers.Binary;

namespace Modular.Sessions;

/// <summary>Writes bits from the lowest on.</summary>
/// <param name="target">With room for eight bytes more than will be written.</param>
ref struct BitWriter(Span<byte> target)
{
    readonly Span<byte> _target = target;
    ulong _bits;
    int _count;
    int _written;

    internal void Write(uint value, int count)
    {
        _bits |= (ulong)value << _count;
        _count += count;
        if (_count < 32) return;
        BinaryPrimitives.WriteUInt32LittleEndian(_target[_written..], (uint)_bits);
        _written += 4;
        _bits >>= 32;
        _count -= 32;
    }

    /// <summary>Writes what is left.</summary>
    /// <returns>Bytes of all.</returns>
    internal int Finish()
    {
        for (; _count > 0; _count -= 8, _bits >>= 8) _target[_written++] = (byte)_bits;
        return _written;
    }
}
