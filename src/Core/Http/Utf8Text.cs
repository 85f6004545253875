using System.IO.Pipelines;
using System.Text.Unicode;

namespace Modular;

/// <summary>Text into a pipe, without an array in between.</summary>
static class Utf8Text
{
    const int LongestCharacter = 4;

    /// <summary>Encodes into the pipe's own memory; the caller flushes. A lone surrogate becomes U+FFFD.</summary>
    internal static void Write(PipeWriter writer, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, writer.GetSpan(LongestCharacter), out var read, out var written);
            writer.Advance(written);
            text = text[read..];
        }
    }
}
