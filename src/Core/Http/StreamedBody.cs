namespace Modular;

abstract class StreamedBody(long? length = null)
{
    internal ByteRange? Range { get; set; } = length is { } known ? new(0, known) : null;

    internal abstract Task SendAsync(HttpResponse target, CancellationToken cancellationToken);

    internal virtual ValueTask CloseAsync() => ValueTask.CompletedTask;
}

sealed class StreamBody(Stream stream) : StreamedBody(stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null)
{
    const int PieceBytes = 16 * 1024;

    // Each piece is flushed as it arrives, so that a slow stream, such as a log, is shown immediately.
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellationToken)
    {
        if (Range is { Start: > 0 and var start }) stream.Seek(start, SeekOrigin.Current);
        var buffer = new byte[PieceBytes];
        for (var left = Range?.Length ?? long.MaxValue; left > 0;)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(PieceBytes, left)), cancellationToken);
            if (count == 0) return;
            left -= count;
            await target.BodyWriter.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    internal override ValueTask CloseAsync() => stream.DisposeAsync();
}

/// <summary>A file. It is opened when it is sent, and the server can let the operating system send it.</summary>
sealed class FileBody(IFileInfo file) : StreamedBody(file.Length)
{
    internal override Task SendAsync(HttpResponse target, CancellationToken cancellationToken) =>
        Range is { Length: > 0 } range ? target.SendFileAsync(file, range.Start, range.Length, cancellationToken) : Task.CompletedTask;
}

sealed class PiecesBody(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces) : StreamedBody
{
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellationToken)
    {
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            await target.BodyWriter.WriteAsync(piece, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>JSON of a value that is read while it is sent: an <see cref="IAsyncEnumerable{T}"/>, or an object that contains one.</summary>
sealed class JsonBody(object value, JsonTypeInfo type) : StreamedBody
{
    // With the stream, the serializer sends nothing before the first element, so a source that fails at once is a 500.
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(target.Body, value, type, cancellationToken);
        await target.WriteAsync("\n", cancellationToken);
    }
}

sealed class ResultBody(IResult result) : StreamedBody
{
    internal override Task SendAsync(HttpResponse target, CancellationToken cancellationToken) => result.ExecuteAsync(target.HttpContext);
}
