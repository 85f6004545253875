using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>Whether a client's copy is still good, RFC 9110 §13. Entity tags beat dates.</summary>
static class Preconditions
{
    /// <summary>304 when the client's copy is good, 412 when <c>If-Match</c> names another one, null when all goes on as usual.</summary>
    internal static int? StatusOf(IHeaderDictionary request, string? etag, string? lastModified)
    {
        var (ifNoneMatch, ifMatch) = (ETagList.Parse(request.IfNoneMatch), ETagList.Parse(request.IfMatch));
        // Both lists compare the text between the quotes. For "If-Match: *" no tag is named, so none matches, as in Werkzeug.
        var isUnmodified = ETagList.Parse(etag).First is not var (tag, _) || (ifMatch.IsEmpty && ifNoneMatch.IsEmpty)
            ? HttpDate.Parse(lastModified) is { } modified && HttpDate.Parse(request.IfModifiedSince) is { } since && modified <= since
            : ifMatch.IsEmpty ? ifNoneMatch.ContainsWeakly(tag) : !ifMatch.ContainsStrong(tag);
        return !isUnmodified ? null : ifMatch.IsEmpty ? 304 : 412;
    }

    /// <summary>True without <c>If-Range</c>, or when it has our strong tag or our exact date: RFC 9110 §13.1.5.</summary>
    internal static bool AllowRange(IHeaderDictionary request, string? etag, string? lastModified)
    {
        if (request.IfRange.Count == 0) return true;
        if (!RangeConditionHeaderValue.TryParse(request.IfRange.ToString(), out var condition)) return false;
        if (condition.LastModified is { } date) return HttpDate.Parse(lastModified) == date;
        return EntityTagHeaderValue.TryParse(etag, out var tag) && tag.Compare(condition.EntityTag, useStrongComparison: true);
    }
}

/// <summary>Entity tags, RFC 9110 §8.8.3: <c>"abc"</c> is strong, <c>W/"abc"</c> is weak, <c>*</c> is any.</summary>
sealed partial record ETagList(bool IsAny, (string Tag, bool Weak)[] Tags)
{
    internal bool IsEmpty => !IsAny && Tags.Length == 0;
    internal (string Tag, bool Weak)? First => Tags.Length > 0 ? Tags[0] : null;
    internal bool ContainsStrong(string tag) => Tags.Contains((tag, false));
    internal bool ContainsWeakly(string tag) => IsAny || ContainsStrong(tag) || Tags.Contains((tag, true));

    internal static ETagList Parse(string? header)
    {
        var found = List.Match(header ?? "").Groups;
        if (found["any"].Success) return new(true, []);
        return new(false, [.. found["tag"].Captures
            .Zip(found["weak"].Captures, (tag, weak) => (Tag: tag.Value.TrimEnd(' ', '\t'), Weak: weak.Length > 0))
            .Where(tag => tag.Tag.Length > 0)]);
    }

    internal static string Quote(string tag, bool weak = false) =>
        tag.Contains('"') ? throw new ModularException(
            $"The ETag {Quoted.Text(tag)} cannot be quoted. Use letters, digits and dashes, such as a hash in hexadecimal.")
            : weak ? $"W/\"{tag}\"" : $"\"{tag}\"";

    internal static string Of(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    // EntityTagHeaderValue takes no bare word: http_functions.json parse_etags "a". A comma inside quotes belongs to the tag.
    [GeneratedRegex(
        """\A(?>[ \t,]*((?<any>\*)[ \t]*(?=,|\z)|(?<weak>([Ww]/)?)("(?<tag>[^"]*)"[ \t]*(?=,|\z)|(?<tag>[^,]*))))*""",
        RegexOptions.ExplicitCapture)]
    static partial Regex List { get; }
}

/// <summary>A run of bytes inside a body of a known length; of length 0 when none of what was asked for is there.</summary>
readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>The one range that a header asks for, cut at the body's end; null when it is to be ignored: RFC 9110 §14.2.</summary>
    internal static ByteRange? Parse(string? header, long total)
    {
        if (!RangeHeaderValue.TryParse(header, out var wish) || wish.Ranges is not { Count: 1 }
            || !wish.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)) return null;
        var range = wish.Ranges.Single();
        if (range.From >= total) return default(ByteRange);
        if (range.From is { } start) return new(start, Math.Min(range.To ?? total, total - 1) - start + 1);
        var suffix = Math.Min(range.To ?? 0, total);
        return new(total - suffix, suffix);
    }
}

/// <summary>Reads dates of HTTP headers, <c>Sun, 06 Nov 1994 08:49:37 GMT</c>, also in the two old forms: RFC 9110 §5.6.7.</summary>
static class HttpDate
{
    internal static DateTimeOffset? Parse(string? text)
    {
        // The framework refuses a wrong weekday, takes other blanks: http_functions.json parse_date "Mon, 06 Nov 1994", RFC 9110 §5.6.3.
        text = text?[(text.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim(' ', '\t')
            .Replace('-', ' ').Replace(" UTC", " GMT", StringComparison.Ordinal);
        return !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && HeaderUtilities.TryParseDate(text, out var date) ? date : null;
    }
}
