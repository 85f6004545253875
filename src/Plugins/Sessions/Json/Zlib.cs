using System.IO.Compression;

namespace Modular.Sessions;

/// <summary>zlib as in itsdangerous' URL-safe serializers.</summary>
static class Zlib
{
    /// <summary>Bytes that a cookie may unfold to. A cookie has 4 kB, and the worst of them would unfold to 4 MB.</summary>
    internal const int MaxInflated = 256 * 1024;

    /// <summary>The compressed bytes, when they are shorter by more than one, which is what the mark in front costs.</summary>
    /// <returns>False when they are not. The output is to be as long as the bytes, or longer.</returns>
    internal static bool TryDeflate(ReadOnlySpan<byte> bytes, Span<byte> output, out int count)
    {
        if (bytes.Length <= ShortZlib.MaxLength)
        {
            count = ShortZlib.OfThread.Compress(bytes, output);
            return count > 0;
        }
        using var target = new MemoryStream(bytes.Length);
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        count = (int)target.Length;
        if (count >= bytes.Length - 1) return false;
        target.GetBuffer().AsSpan(0, count).CopyTo(output);
        return true;
    }

    /// <summary>Unfolds into the buffer, up to the cap.</summary>
    internal static bool TryInflate(byte[] bytes, int count, ref Utf8Buffer output)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(bytes, 0, count, writable: false), CompressionMode.Decompress);
            while (output.Length <= MaxInflated)
            {
                var read = zlib.Read(output.WithRoom(1024)[output.Length..]);
                if (read == 0) return true;
                output.Advance(read);
            }
            return false;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)        // the latter for one that asks for a dictionary
        {
            return false;
        }
    }
}
