using System.IO.Pipelines;

namespace Modular;

/// <summary>Pieces of text, flushed one by one.</summary>
sealed class TextPieces(IAsyncEnumerable<string> pieces) : StreamedBody
{
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellation)
    {
        await foreach (var piece in pieces.WithCancellation(cancellation))
        {
            Utf8Text.Write(target.BodyWriter, piece);
            await target.BodyWriter.FlushAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>Pieces of bytes, flushed one by one.</summary>
sealed class BytePieces(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces) : StreamedBody
{
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellation)
    {
        await foreach (var piece in pieces.WithCancellation(cancellation))
        {
            await target.BodyWriter.WriteAsync(piece, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>Text into a pipe, without an array in between.</summary>
static class Utf8Text
{
    const int LongestCharacter = 4;

    /// <summary>Encodes into the pipe's own memory; the caller flushes. A lone surrogate becomes U+FFFD.</summary>
    internal static void Write(PipeWriter writer, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            System.Text.Unicode.Utf8.FromUtf16(text, writer.GetSpan(LongestCharacter), out var read, out var written);
            writer.Advance(written);
            text = text[read..];
        }
    }
}
