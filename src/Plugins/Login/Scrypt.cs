using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Modular.Login;

/// <summary>scrypt (RFC 7914), which .NET doesn't have, to verify hashes of Werkzeug. New hashes use .NET's own PBKDF2.</summary>
static class Scrypt
{
    const long MaxMemory = 256L * 1024 * 1024;

    /// <summary>False for parameters that the RFC doesn't allow, or that need more than 256 MiB.</summary>
    internal static bool Allows(int n, int r, int p) =>
        n > 1 && BitOperations.IsPow2(n) && r > 0 && p is > 0 and <= 64 && r <= 1024 && 128L * r * n <= MaxMemory;

    internal static byte[] Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, int length)
    {
        var blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, p * 128 * r);
        var words = new uint[32 * r];
        var scratch = new uint[32 * r];
        var table = new uint[n * 32 * r];
        for (var i = 0; i < p; i++)
        {
            var block = blocks.AsSpan(i * 128 * r, 128 * r);
            for (var w = 0; w < words.Length; w++) words[w] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * w)..]);
            Mix(words, scratch, table, n, r);
            for (var w = 0; w < words.Length; w++) BinaryPrimitives.WriteUInt32LittleEndian(block[(4 * w)..], words[w]);
        }
        return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, length);
    }

    // scryptROMix, §5.
    static void Mix(Span<uint> x, Span<uint> scratch, Span<uint> table, int n, int r)
    {
        var size = 32 * r;
        for (var i = 0; i < n; i++)
        {
            x.CopyTo(table[(i * size)..]);
            MixBlock(x, scratch, r);
        }
        for (var i = 0; i < n; i++)
        {
            var row = table.Slice((int)(x[size - 16] & (uint)(n - 1)) * size, size);
            for (var w = 0; w < size; w++) x[w] ^= row[w];
            MixBlock(x, scratch, r);
        }
    }

    // scryptBlockMix, §4: even blocks first, then odd ones.
    static void MixBlock(Span<uint> b, Span<uint> y, int r)
    {
        Span<uint> x = stackalloc uint[16];
        b[^16..].CopyTo(x);
        for (var i = 0; i < 2 * r; i++)
        {
            for (var w = 0; w < 16; w++) x[w] ^= b[16 * i + w];
            Salsa(x);
            x.CopyTo(y[(16 * (i / 2 + (i % 2 == 0 ? 0 : r)))..]);
        }
        y.CopyTo(b);
    }

    // Salsa20/8, §3.
    static void Salsa(Span<uint> block)
    {
        Span<uint> x = stackalloc uint[16];
        block.CopyTo(x);
        for (var round = 0; round < 4; round++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }
        for (var i = 0; i < 16; i++) block[i] += x[i];
    }

    static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }
}
