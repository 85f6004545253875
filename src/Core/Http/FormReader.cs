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

    /// <summary>The limits of a body of this type: an url-encoded form is kept in memory as a whole.</summary>
    internal static BodyLimits Limits(string mimeType, BodyLimits limits) =>
        mimeType == UrlEncoded && limits.MaxFormMemorySize < (limits.MaxContentLength ?? long.MaxValue)
            ? limits with { MaxContentLength = limits.MaxFormMemorySize }
            : limits;

    /// <summary>The boundary of a multipart form; null when the body is none.</summary>
    internal static string? Boundary(HeaderOptions contentType) =>
        contentType.Value.Equals(Multipart, StringComparison.OrdinalIgnoreCase) && contentType.Options.TryGetValue("boundary", out var boundary) && boundary.Length > 0
            ? boundary : null;

    /// <summary>The fields of a form whose files are taken while they arrive.</summary>
    /// <returns>None when the form is malformed; then its files do not count either.</returns>
    /// <exception cref="HttpException">As <see cref="FormParts.NextAsync"/>.</exception>
    internal static async ValueTask<MultiDict> ReadAsync(FormParts parts, IFormFileTaker files, CancellationToken aborted)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var isWhole = false;
        try
        {
            while (await parts.FindAsync(aborted) is { } part)
                if (part.FileName is null) fields.Add(new(part.Name, await part.ReadTextAsync(aborted)));
                else await files.TakeAsync(part, aborted);
            isWhole = !parts.IsMalformed;
        }
        catch (HttpException) when (parts.IsMalformed)
        {
        }
        finally
        {
            if (!isWhole) files.Reject();
        }
        return isWhole ? Dict([.. fields]) : None;
    }

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
