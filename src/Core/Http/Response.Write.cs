using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;

namespace Modular;

public sealed partial class Response
{
    /// <summary>Sends the status, the headers and the body. The one write of a request.</summary>
    internal async ValueTask WriteAsync(HttpContext http, CancellationToken cancellation)
    {
        var target = http.Response;
        target.StatusCode = _status;
        if (_headers is null) target.ContentType = _contentType;
        else foreach (var (name, value) in _headers) target.Headers[name] = value;
        target.ContentLength = _text is null ? _bytes.Length : Encoding.UTF8.GetByteCount(_text);
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await target.StartAsync(cancellation);
        if (_text is null) await target.BodyWriter.WriteAsync(_bytes, cancellation);
        else
        {
            WriteUtf8(target.BodyWriter, _text);
            await target.BodyWriter.FlushAsync(cancellation);
        }
    }

    static void WriteUtf8(PipeWriter writer, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, writer.GetSpan(4), out var read, out var written);
            writer.Advance(written);
            text = text[read..];
        }
    }
}
