using System.Buffers.Binary;

namespace Modular.Sessions;

/// <summary>Packs bits as RFC 1951 §3.1.1: a byte is filled from its lowest bit on.</summary>
ref struct BitWriter(Span<byte> target)
{
    readonly Span<byte> _target = target;
    ulong _waiting;
    int _waitingBits;
    int _length;

    /// <param name="bits">The first of them lowest; none above the count.</param>
    /// <param name="count">0 to 32.</param>
    internal void Put(uint bits, int count)
    {
        _waiting |= (ulong)bits << _waitingBits;
        _waitingBits += count;
        if (_waitingBits < 32) return;
        BinaryPrimitives.WriteUInt32LittleEndian(_target[_length..], (uint)_waiting);
        _length += 4;
        _waiting >>= 32;
        _waitingBits -= 32;
    }

    /// <summary>The lowest bits of a number.</summary>
    internal void PutLowest(int number, int count) => Put((uint)number & ((1u << count) - 1), count);

    /// <summary>Fills the last byte.</summary>
    /// <returns>Bytes that were written.</returns>
    internal int End()
    {
        for (; _waitingBits > 0; _waitingBits -= 8, _waiting >>= 8) _target[_length++] = (byte)_waiting;
        return _length;
    }
}
