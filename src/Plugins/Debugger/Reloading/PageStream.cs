using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Modular.Debugger;

/// <summary>Writes a script into a page before it is closed: in front of the last <c>&lt;/body&gt;</c>, or <c>&lt;/html&gt;</c>, or at the end of a page that leaves them out.</summary>
/// <param name="server">Where it all goes.</param>
/// <param name="script">An element, in ASCII.</param>
/// <param name="isPage">Whether the answer is a page; asked when its headers are known.</param>
sealed class PageStream(IHttpResponseBodyFeature server, string script, Func<bool> isPage) : Stream
{
    // What follows a closing tag is short. A page with more behind it has the tag in a text of a script.
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

    /// <summary>The page is whole: the script, and what closes the page.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_isPage is null && isPage()) await StartAsync(cancellationToken);
        if (_isPage is not true) return;
        var held = Held;
        // What might have become a closing tag is none.
        if (!held.StartsWith(Body, StringComparison.OrdinalIgnoreCase) && !held.StartsWith(Html, StringComparison.OrdinalIgnoreCase)) await ReleaseAsync(held.Length, cancellationToken);
        await server.Stream.WriteAsync(Encoding.ASCII.GetBytes(script), cancellationToken);
        await ReleaseAsync(Held.Length, cancellationToken);
    }

    // One character for each byte.
    string Held => Encoding.Latin1.GetString(_held.GetBuffer(), 0, (int)_held.Length);

    async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_isPage is not null) return;
        await server.StartAsync(cancellationToken);
        _isPage = isPage();
    }

    // Where the closing tag starts, or what may be the first bytes of one.
    static int Closing(string text)
    {
        var tag = text.LastIndexOf(Body, StringComparison.OrdinalIgnoreCase);
        if (tag < 0) tag = text.LastIndexOf(Html, StringComparison.OrdinalIgnoreCase);
        if (tag >= 0) return text.Length - tag <= MostHeld ? tag : text.Length;
        var last = text.LastIndexOf('<');
        return last >= 0 && (Body.StartsWith(text[last..], StringComparison.OrdinalIgnoreCase) || Html.StartsWith(text[last..], StringComparison.OrdinalIgnoreCase)) ? last : text.Length;
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

    // The server refuses to write so, unless it was allowed.
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

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
