namespace Modular;

/// <summary>Pieces of text, flushed one by one.</summary>
sealed class TextPieces(IAsyncEnumerable<string> pieces) : StreamedBody
{
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellation)
    {
        await foreach (var piece in pieces.WithCancellation(cancellation))
        {
            await target.WriteAsync(piece, cancellation);
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
