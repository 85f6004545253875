namespace Modular;

/// <summary>The fields of a <c>multipart/form-data</c> body that lies in memory. A part with a file name is a file: read over and counted, but not kept.</summary>
static class MultipartForm
{
    /// <summary>The fields in the order in which they were sent.</summary>
    /// <returns>No field at all when the body is malformed, as in Flask.</returns>
    /// <exception cref="HttpException">413: too many parts or too long a field. 400: a boundary or part header of an absurd length.</exception>
    internal static MultiDict Parse(ReadOnlySpan<byte> body, string? boundary, BodyLimits limits)
    {
        if (string.IsNullOrEmpty(boundary)) return FormReader.None;
        var scanner = new MultipartScanner(new(boundary), limits);
        var fields = new List<KeyValuePair<string, string>>();
        ReadOnlySpan<byte> value = [];
        while (true)
        {
            var step = scanner.Next(body, isLast: true, out var used, out var content);
            if (step == MultipartStep.Content) value = body[content];
            else if (step == MultipartStep.PartEnd) Add(fields, scanner.Header!, value, limits);
            else if (step == MultipartStep.Part) value = [];
            else if (step == MultipartStep.Malformed) return FormReader.None;
            else if (step == MultipartStep.End) break;
            body = body[used..];
        }
        if (body.Length > limits.MaxFormPadding) throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        return FormReader.Dict([.. fields]);
    }

    static void Add(List<KeyValuePair<string, string>> fields, MultipartPartHeader header, ReadOnlySpan<byte> value, BodyLimits limits)
    {
        if (value.Length > (header.FileName is null ? limits.MaxFormMemorySize : limits.MaxFileSize ?? long.MaxValue))
            throw new HttpException(StatusCodes.Status413PayloadTooLarge);
        if (header.FileName is null) fields.Add(new(header.Name, header.Charset.GetString(value)));
    }
}
