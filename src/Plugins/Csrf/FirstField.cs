using System.Text;
using Microsoft.Net.Http.Headers;

namespace Modular.Csrf;

/// <summary>Reads the first field of a multipart form, and gives the body back as it was, for the view that streams it.</summary>
static class FirstField
{
    // More than a token with the head of its field needs.
    const int Longest = 2048;

    internal static async ValueTask<string?> ReadAsync(RequestContext context, string name)
    {
        var request = context.Request;
        if (request.MimeType != "multipart/form-data" || request.MimeTypeParameters.GetValueOrDefault("boundary") is not { } boundary)
            return null;
        var delimiter = Encoding.UTF8.GetBytes($"\r\n--{boundary}");
        var (body, start, count) = (request.OpenBody(), new byte[Longest], 0);
        while (count < start.Length && await body.ReadAsync(start.AsMemory(count), context.RequestAborted) is > 0 and var read)
        {
            count += read;
            if (start.AsSpan(0, count).IndexOf(delimiter) >= 0) break;
        }
        context.Http.Request.Body = new RestartedBody(start.AsMemory(0, count), body);
        return Find(start.AsSpan(0, count), delimiter, name);
    }

    static string? Find(ReadOnlySpan<byte> start, ReadOnlySpan<byte> delimiter, string name)
    {
        if (!start.StartsWith(delimiter[2..])) return null;
        var part = start[(delimiter.Length - 2)..];
        var (head, end) = (part.IndexOf("\r\n\r\n"u8), part.IndexOf(delimiter));
        if (head < 0 || end < head + 4) return null;
        foreach (var line in Encoding.UTF8.GetString(part[..head]).Split("\r\n"))
            if (line.Split(':', 2) is [var header, var value]
                && header.Equals(HeaderNames.ContentDisposition, StringComparison.OrdinalIgnoreCase)
                && ContentDispositionHeaderValue.TryParse(value, out var disposition)
                && disposition.IsFormDisposition() && HeaderUtilities.RemoveQuotes(disposition.Name) == name)
                return Encoding.UTF8.GetString(part[(head + 4)..end]);
        return null;
    }
}

/// <summary>A body whose first bytes have been read already.</summary>
sealed class RestartedBody(ReadOnlyMemory<byte> start, Stream rest) : Stream
{
    ReadOnlyMemory<byte> _start = start;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start.IsEmpty) return rest.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, _start.Length);
        _start[..count].CopyTo(buffer);
        _start = _start[count..];
        return new(count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // The stream below refuses it, with what to write instead.
    public override int Read(byte[] buffer, int offset, int count) => rest.Read(buffer, offset, count);

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
