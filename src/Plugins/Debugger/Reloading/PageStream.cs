using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Debugger;

/// <summary>
/// Inserts a script into a page: before the last <c>&lt;/body&gt;</c> or <c>&lt;/html&gt;</c>, or at the end of a page without these tags.
/// </summary>
/// <param name="server">The server's response body.</param>
/// <param name="script">The script element, in ASCII.</param>
/// <param name="isPage">Whether the response is a page. It is called when the headers are known.</param>
sealed class PageStream(IHttpResponseBodyFeature server, string script, Func<bool> isPage) : Stream
{
    // Little text follows a closing tag. If more follows, the tag is part of a script's text.
    const int MostHeld = 64 * 1024;

    const string Body = "</body";
    const string Html = "</html";

    readonly MemoryStream _held = new();
    bool? _isPage;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken);
        if (_isPage is false)
        {
            await server.Stream.WriteAsync(buffer, cancellationToken);
            return;
        }
        _held.Write(buffer.Span);
        await ReleaseAsync(Closing(Held), cancellationToken);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await server.Stream.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the script and the closing tags at the end of the page.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_isPage is null && isPage()) await StartAsync(cancellationToken);
        if (_isPage is not true) return;
        var held = Held;
        // The held text isn't a closing tag.
        if (!held.StartsWith(Body, StringComparison.OrdinalIgnoreCase) && !held.StartsWith(Html, StringComparison.OrdinalIgnoreCase))
            await ReleaseAsync(held.Length, cancellationToken);
        await server.Stream.WriteAsync(Encoding.ASCII.GetBytes(script), cancellationToken);
        await ReleaseAsync(Held.Length, cancellationToken);
    }

    // Latin-1 maps each byte to one character.
    string Held => Encoding.Latin1.GetString(_held.GetBuffer(), 0, (int)_held.Length);

    async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_isPage is not null) return;
        await server.StartAsync(cancellationToken);
        _isPage = isPage();
    }

    // The start of the closing tag, or of an incomplete one.
    static int Closing(string text)
    {
        var tag = text.LastIndexOf(Body, StringComparison.OrdinalIgnoreCase);
        if (tag < 0) tag = text.LastIndexOf(Html, StringComparison.OrdinalIgnoreCase);
        if (tag >= 0) return text.Length - tag <= MostHeld ? tag : text.Length;
        var last = text.LastIndexOf('<');
        return last >= 0 && (Body.StartsWith(text[last..], StringComparison.OrdinalIgnoreCase)
            || Html.StartsWith(text[last..], StringComparison.OrdinalIgnoreCase))
            ? last
            : text.Length;
    }

    async Task ReleaseAsync(int count, CancellationToken cancellationToken)
    {
        if (count == 0) return;
        await server.Stream.WriteAsync(_held.GetBuffer().AsMemory(0, count), cancellationToken);
        Drop(count);
    }

    void Drop(int count)
    {
        var rest = _held.GetBuffer().AsSpan(count, (int)_held.Length - count).ToArray();
        _held.SetLength(0);
        _held.Write(rest);
    }

    // The server rejects synchronous writes unless they are allowed.
    public override void Write(byte[] buffer, int offset, int count)
    {
        _isPage ??= isPage();
        if (_isPage is false)
        {
            server.Stream.Write(buffer, offset, count);
            return;
        }
        _held.Write(buffer, offset, count);
        var released = Closing(Held);
        server.Stream.Write(_held.GetBuffer(), 0, released);
        Drop(released);
    }

    public override void Flush() => server.Stream.Flush();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
