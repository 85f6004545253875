using Microsoft.Net.Http.Headers;

namespace Modular;

public sealed partial class Response
{
    /// <summary>Names this version of the body, so that a client can ask whether its copy is still good.</summary>
    /// <param name="tag">Text without quotes in or around it.</param>
    /// <param name="weak">True when equal tags mean an equal meaning, not equal bytes.</param>
    public Response SetETag(string tag, bool weak = false)
    {
        Headers.ETag = ETagList.Quote(tag, weak);
        return this;
    }

    /// <summary>Names this version of the body by a hash of its bytes, unless it has a tag.</summary>
    public Response AddETag() => Headers.ETag.Count > 0 ? this : SetETag(ETagList.Of(Data.Span));

    /// <summary>
    /// Answers 304 when the client's copy is still good by its <c>If-None-Match</c> or <c>If-Modified-Since</c>, 412 when its <c>If-Match</c> fails, and 206 with the
    /// one part that a GET asks for. Only GET and HEAD, and only of a 200 with an <c>ETag</c> or <c>Last-Modified</c> header.
    /// </summary>
    /// <param name="acceptRanges">Whether parts may be asked for. They need a body of known length.</param>
    /// <exception cref="HttpException">416: there is no such range.</exception>
    public Response MakeConditional(HttpContext http, bool acceptRanges = false)
    {
        var (request, method) = (http.Request.Headers, http.Request.Method);
        if (_status != 200 || !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method))) return this;
        if (acceptRanges) Headers.AcceptRanges = "bytes";
        // RFC 9110 §13.2.2: ranges come last, and §14.2: they are for GET alone.
        if (Preconditions.StatusOf(request, Headers.ETag, Headers.LastModified) is { } status) Status = status;
        else if (acceptRanges && HttpMethods.IsGet(method) && Length is > 0 and var total && ByteRange.Parse(request.Range, total) is { } range
            && Preconditions.AllowRange(request, Headers.ETag, Headers.LastModified)) Cut(range, total);
        return this;
    }

    void Cut(ByteRange range, long total)
    {
        if (range.Length == 0) throw new HttpException(416) { Headers = { ContentRange = new ContentRangeHeaderValue(total).ToString() } };
        if (_streamed is not null) _streamed.Range = range;
        else (_text, _bytes) = (null, Data.Slice((int)range.Start, (int)range.Length));
        Status = 206;
        Headers.ContentRange = new ContentRangeHeaderValue(range.Start, range.Start + range.Length - 1, total).ToString();
    }
}
