using System.IO.Compression;

namespace Modular.Sessions;

/// <summary>zlib as in itsdangerous' URL-safe serializers.</summary>
static class Zlib
{
    /// <summary>Bytes of JSON below which a cookie isn't compressed. It takes longer than all else of a small session, and saves less than a hundred bytes there: see docs/performance.md.</summary>
    internal const int MinDeflated = 512;

    /// <summary>Bytes that a cookie may unfold to. A cookie has 4 kB, and the worst of them would unfold to 4 MB.</summary>
    internal const int MaxInflated = 256 * 1024;

    /// <summary>The compressed bytes; null when there is little to compress, or when they are not shorter by more than one, which is what the mark in front costs.</summary>
    internal static byte[]? TryDeflate(byte[] bytes)
    {
        if (bytes.Length < MinDeflated) return null;
        using var output = new MemoryStream(bytes.Length);
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return output.Length < bytes.Length - 1 ? output.ToArray() : null;
    }

    /// <summary>The bytes that were compressed; null when they were not, or when they are too many.</summary>
    internal static byte[]? TryInflate(byte[] bytes)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
            var output = new MemoryStream();
            var piece = new byte[4096];
            while (zlib.Read(piece) is var read and > 0)
            {
                output.Write(piece, 0, read);
                if (output.Length > MaxInflated) return null;
            }
            return output.ToArray();
        }
        catch (Exception error) when (error is InvalidDataException or IOException)        // the latter for one that asks for a dictionary
        {
            return null;
        }
    }
}
