namespace Modular;

/// <summary>What a stream gives from where it stands, or a range of it.</summary>
sealed class StreamBody(Stream stream) : StreamedBody
{
    const int PieceBytes = 16 * 1024;

    long? _remaining = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;

    internal override long? Length => _remaining;

    internal override void Cut(ByteRange range)
    {
        stream.Seek(range.Start, SeekOrigin.Current);
        _remaining = range.Length;
    }

    // Each piece is flushed as it comes: a slow stream, such as a log that is being followed, shows at once.
    internal override async Task SendAsync(HttpResponse target, CancellationToken cancellation)
    {
        var writer = target.BodyWriter;
        for (var left = _remaining ?? long.MaxValue; left > 0;)
        {
            var memory = writer.GetMemory(PieceBytes);
            var read = await stream.ReadAsync(memory[..(int)Math.Min(memory.Length, left)], cancellation);
            if (read == 0) return;
            writer.Advance(read);
            left -= read;
            await writer.FlushAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    internal override ValueTask CloseAsync() => stream.DisposeAsync();
}
