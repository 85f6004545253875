using Microsoft.Extensions.Primitives;

namespace Modular;

/// <summary>Whether a client's copy is still good, RFC 9110 §13. Entity tags beat dates.</summary>
static class Preconditions
{
    /// <summary>The status that the request's conditions lead to.</summary>
    /// <param name="request">The request's headers.</param>
    /// <param name="etag">The response's <c>ETag</c> header, null when it has none.</param>
    /// <param name="lastModified">The response's <c>Last-Modified</c> header, null when it has none.</param>
    /// <returns>304 when the client's copy is good, 412 when <c>If-Match</c> names another one, null when all goes on as usual.</returns>
    internal static int? StatusOf(IHeaderDictionary request, string? etag, string? lastModified)
    {
        var isUnmodified = IsNotNewer(lastModified, request.IfModifiedSince);
        var ifMatch = ETagList.Parse((string?)request.IfMatch);
        if (!string.IsNullOrEmpty(etag))
        {
            // Both compare the text between the quotes. For "If-Match: *" no tag is named, so none matches, as in Werkzeug.
            var tag = ETag.Unquote(etag).Tag;
            var ifNoneMatch = ETagList.Parse((string?)request.IfNoneMatch);
            if (!ifNoneMatch.IsEmpty) isUnmodified = ifNoneMatch.ContainsWeakly(tag);
            if (!ifMatch.IsEmpty) isUnmodified = !ifMatch.ContainsStrong(tag);
        }
        return !isUnmodified ? null : ifMatch.IsEmpty ? 304 : 412;
    }

    /// <summary>True when there is no <c>If-Range</c>, or it names the very bytes that we hold: their strong tag, or no older date.</summary>
    internal static bool AllowRange(IHeaderDictionary request, string? etag, string? lastModified)
    {
        if (StringValues.IsNullOrEmpty(request.IfRange)) return true;
        string ifRange = request.IfRange.ToString();
        if (HttpDate.Parse(ifRange) is not null) return IsNotNewer(lastModified, ifRange);
        if (string.IsNullOrEmpty(etag)) return false;
        var (tag, weak) = ETag.Unquote(ifRange);
        return !weak && tag == ETag.Unquote(etag).Tag;
    }

    static bool IsNotNewer(string? lastModified, string? since) =>
        HttpDate.Parse(lastModified) is { } modified && HttpDate.Parse(since) is { } date && modified <= date;
}
