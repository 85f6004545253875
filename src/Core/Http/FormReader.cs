namespace Modular;

/// <summary>Reads url-encoded forms, and knows which bodies are forms.</summary>
static class FormReader
{
    internal const string UrlEncoded = "application/x-www-form-urlencoded";
    internal const string Multipart = "multipart/form-data";
    const string Where = "Request.Form";

    /// <summary>A form without fields.</summary>
    internal static readonly MultiDict None = Dict([]);

    internal static MultiDict Dict(KeyValuePair<string, string>[] fields) => new(fields, Where);

    /// <summary>The limits of a body of this type: an url-encoded form is kept in memory as a whole.</summary>
    internal static BodyLimits Limits(string mimeType, BodyLimits limits) =>
        mimeType == UrlEncoded && limits.MaxFormMemorySize < (limits.MaxContentLength ?? long.MaxValue)
            ? limits with { MaxContentLength = limits.MaxFormMemorySize }
            : limits;

    /// <summary>The fields of an url-encoded form.</summary>
    internal static MultiDict Parse(ReadOnlySpan<byte> body)
    {
        var text = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(body.Length));
        try
        {
            return QueryString.Parse(text.AsSpan(0, Encoding.UTF8.GetChars(body, text)), Where);
        }
        finally
        {
            // A password may have been in it.
            ArrayPool<char>.Shared.Return(text, clearArray: true);
        }
    }
}
