using System.IO.Compression;

namespace Modular.Sessions;

/// <summary>zlib as in itsdangerous' URL-safe serializers.</summary>
static class Zlib
{
    /// <summary>
    /// The minimum size in bytes of JSON to compress. Compressing a smaller session takes longer than the rest of the work and saves less
    /// than a hundred bytes: see docs/performance.md.
    /// </summary>
    internal const int MinDeflated = 512;

    /// <summary>The maximum decompressed size in bytes. A malicious cookie of 4 kB could decompress to 4 MB.</summary>
    internal const int MaxInflated = 256 * 1024;

    /// <summary>
    /// The compressed bytes. Null when the input is short, or when compression saves no more than the one byte of the leading dot.
    /// </summary>
    internal static byte[]? TryDeflate(byte[] bytes)
    {
        if (bytes.Length < MinDeflated) return null;
        using var output = new MemoryStream(bytes.Length);
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return output.Length < bytes.Length - 1 ? output.ToArray() : null;
    }

    /// <summary>The decompressed bytes. Null when the input isn't compressed, or when the result is too long.</summary>
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
        // an IOException when the data needs a preset dictionary
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
