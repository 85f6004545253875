using Microsoft.Extensions.FileProviders;

namespace Modular;

/// <summary>A file, or a range of it. Nothing is open before it is sent, and the server may hand it to the system whole.</summary>
sealed class FileBody(IFileInfo file) : StreamedBody
{
    ByteRange _range = new(0, file.Length);

    internal override long? Length => _range.Length;

    internal override void Cut(ByteRange range) => _range = new(_range.Start + range.Start, range.Length);

    internal override Task SendAsync(HttpResponse target, CancellationToken cancellation) =>
        _range.Length == 0 ? Task.CompletedTask : target.SendFileAsync(file, _range.Start, _range.Length, cancellation);
}
