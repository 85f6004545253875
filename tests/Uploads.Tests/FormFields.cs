namespace Modular.Uploads.Tests;

/// <summary>Reads multipart forms from memory, without an application.</summary>
static class FormFields
{
    /// <summary>The fields; none when the form is malformed. Files are read over.</summary>
    internal static MultiDict Read(byte[] body, string boundary, UploadLimits? limits = null)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var parts = new FormParts(new MemoryStream(body), boundary, limits ?? new(), body.Length);
        try
        {
            while (Done(parts.FindAsync(default)) is { } part)
                if (!part.IsFile) fields.Add(new(part.Name, Done(part.ReadTextAsync())));
        }
        catch (HttpException) when (parts.IsMalformed)
        {
            // As one whose next part is not found.
        }
        return new(parts.IsMalformed ? [] : fields);
    }

    // Nothing waits where all of the body is there.
    static T Done<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("A form in memory waits.");
}
