using Microsoft.Net.Http.Headers;

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
        var isNotNewer = HttpDate.Parse(lastModified) is { } modified && HttpDate.Parse(request.IfModifiedSince) is { } since && modified <= since;
        var (ifNoneMatch, ifMatch) = (ETagList.Parse(request.IfNoneMatch), ETagList.Parse(request.IfMatch));
        var tag = ETagList.Parse(etag).First?.Tag;
        // Both lists compare the text between the quotes. For "If-Match: *" no tag is named, so none matches, as in Werkzeug.
        var isUnmodified = tag is not null && !ifMatch.IsEmpty ? !ifMatch.ContainsStrong(tag)
            : tag is not null && !ifNoneMatch.IsEmpty ? ifNoneMatch.ContainsWeakly(tag)
            : isNotNewer;
        return !isUnmodified ? null : ifMatch.IsEmpty ? 304 : 412;
    }

    /// <summary>True when there is no <c>If-Range</c>, or it names the very bytes that we hold: their strong tag, or their exact date. RFC 9110 §13.1.5.</summary>
    internal static bool AllowRange(IHeaderDictionary request, string? etag, string? lastModified)
    {
        if (request.IfRange.Count == 0) return true;
        if (!RangeConditionHeaderValue.TryParse(request.IfRange.ToString(), out var condition)) return false;
        if (condition.LastModified is { } date) return HttpDate.Parse(lastModified) == date;
        return EntityTagHeaderValue.TryParse(etag, out var tag) && tag.Compare(condition.EntityTag, useStrongComparison: true);
    }
}
