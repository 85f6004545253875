namespace Modular.Uploads;

/// <summary>One part of a form, a field or a file, while it arrives. What it says of itself is the client's word alone.</summary>
/// <remarks>Thread: one at a time, and only until the next part is asked for.</remarks>
public sealed class UploadPart
{
    readonly FormPart _part;

    internal UploadPart(FormPart part, ProgressMeter progress)
    {
        _part = part;
        Content = new MeteredStream(part, progress);
    }

    /// <summary>The form field's name; empty when there is none.</summary>
    public string Name => _part.Name;

    /// <summary>True for a file, also for one that the visitor did not choose, whose name is empty.</summary>
    public bool IsFile => _part.FileName is not null;

    /// <summary>The file's name as the client sent it; null for a field. See <see cref="FileStorage.FileName"/>.</summary>
    public string? FileName => _part.FileName;

    /// <summary>The type that the client claims, with its parameters; null when it claims none.</summary>
    public string? ContentType => _part.ContentType;

    /// <summary>The type in lower case without parameters; empty when there is none.</summary>
    public string MimeType => _part.MimeType;

    /// <summary>All header lines of the part.</summary>
    public IHeaderDictionary Headers => _part.Headers;

    /// <summary>The bytes, to be read once and asynchronously.</summary>
    public Stream Content { get; }

    /// <summary>How many bytes of this part have been read.</summary>
    public long Count => _part.Count;

    /// <summary>The rest of the content as text, for fields.</summary>
    /// <exception cref="HttpException">413: it is longer than <see cref="BodyLimits.MaxFormMemorySize"/>.</exception>
    public ValueTask<string> ReadTextAsync(CancellationToken cancellation = default) => _part.ReadTextAsync(cancellation);

    /// <summary>Saves the file under a path while it arrives, as a whole or not at all.</summary>
    /// <inheritdoc cref="FileStorage.SaveAsync(string, SaveOptions?, CancellationToken)"/>
    public Task<string> SaveAsync(string path, SaveOptions? options = null, CancellationToken cancellation = default) =>
        FileSaver.SaveAsync(path, FileName ?? "", Content, options ?? SaveOptions.Default, cancellation);

    /// <summary>Copies the file to a stream while it arrives.</summary>
    public Task SaveAsync(Stream destination, CancellationToken cancellation = default) => Content.CopyToAsync(destination, cancellation);

    /// <summary>Saves the file in a store while it arrives.</summary>
    /// <inheritdoc cref="FileStorage.SaveAsync(IUploadStore, string?, CancellationToken)"/>
    public Task<string> SaveAsync(IUploadStore store, string? name = null, CancellationToken cancellation = default) =>
        store.SaveAsync(StoredName.Of(name, FileName ?? ""), Content, cancellation);
}
