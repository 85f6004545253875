using Microsoft.AspNetCore.WebUtilities;

namespace Modular;

/// <summary>Reads <c>a=1&amp;b=2</c>: queries, and bodies of type <c>application/x-www-form-urlencoded</c>.</summary>
static class QueryString
{
    /// <param name="raw">With its <c>?</c>. Parted by <c>&amp;</c> only; bytes that are no UTF-8 become U+FFFD.</param>
    /// <param name="where">What to call the result in <see cref="MissingKeyException"/>.</param>
    internal static MultiDict Parse(string? raw, string where = "Request.Args")
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(raw))
            pairs.Add(new(Percent.Decode(pair.EncodedName.Span, true), Percent.Decode(pair.EncodedValue.Span, plusIsSpace: true)));
        return new([.. pairs], where);
    }
}

/// <summary>Reads url-encoded forms, and knows which bodies are forms.</summary>
static class FormReader
{
    internal const string UrlEncoded = "application/x-www-form-urlencoded";
    internal const string Multipart = "multipart/form-data";
    const string Where = "Request.Form";

    internal static readonly MultiDict None = Dict([]);

    internal static MultiDict Dict(IEnumerable<KeyValuePair<string, string>> fields) => new([.. fields], Where);

    internal static long? MaxLength(string mimeType, BodyLimits limits) => mimeType != UrlEncoded ? limits.MaxContentLength
        : Math.Min(limits.MaxFormMemorySize, limits.MaxContentLength ?? long.MaxValue);

    internal static MultiDict Parse(ReadOnlySpan<byte> body) => QueryString.Parse($"?{Encoding.UTF8.GetString(body)}", Where);
}

/// <summary>The 415 of a form that somebody looks at and that no plugin reads.</summary>
sealed class UnreadFormException() : HttpException(415);
