using System.Buffers;
using System.Text;

namespace Modular;

/// <summary>Reads the fields out of a form's body.</summary>
static class FormReader
{
    const string Where = "Request.Form";
    const string UrlEncoded = "application/x-www-form-urlencoded";
    const string Multipart = "multipart/form-data";

    /// <summary>A form without fields.</summary>
    internal static readonly MultiDict None = Dict([]);

    internal static MultiDict Dict(KeyValuePair<string, string>[] fields) => new(fields, Where);

    /// <summary>True for the two types that browsers send forms as.</summary>
    internal static bool IsForm(string mimeType) => mimeType is UrlEncoded or Multipart;

    /// <summary>How much of a body of this type may be taken in, or null for no limit of our own.</summary>
    internal static long? MaxLength(string mimeType, BodyLimits limits) =>
        mimeType == UrlEncoded ? Math.Min(limits.MaxFormMemorySize, limits.MaxContentLength ?? long.MaxValue) : limits.MaxContentLength;

    /// <summary>The form's fields; none when the content type is no form's.</summary>
    /// <exception cref="HttpException">413: a limit is passed. 400: the body is hostile.</exception>
    internal static MultiDict Parse(ReadOnlySpan<byte> body, HeaderOptions contentType, BodyLimits limits) =>
        contentType.Value.ToLowerInvariant() switch
        {
            UrlEncoded => ParseUrlEncoded(body),
            Multipart => MultipartForm.Parse(body, contentType.Options.GetValueOrDefault("boundary"), limits),
            _ => None,
        };

    static MultiDict ParseUrlEncoded(ReadOnlySpan<byte> body)
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
