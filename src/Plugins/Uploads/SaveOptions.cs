namespace Modular.Uploads;

/// <summary>What to do when a file already exists.</summary>
public enum IfExists
{
    /// <summary>Replaces the file, as in Flask.</summary>
    Overwrite,

    /// <summary>Saves the new file under another name: <c>photo-1.png</c>.</summary>
    Unique,

    /// <summary>Throws an <see cref="IOException"/> and doesn't save the new file.</summary>
    Fail,
}

/// <summary>How a file is saved, and which files are accepted.</summary>
public sealed record SaveOptions
{
    internal static SaveOptions Default { get; } = new();

    /// <summary>What to do when the file already exists. Default: replace it.</summary>
    public IfExists IfExists { get; init; }

    /// <summary>
    /// The accepted extensions, such as <c>["png", "jpg"]</c>, with or without a dot, in upper or lower case. Other files get a 415.
    /// Default null: all.
    /// </summary>
    public IReadOnlyCollection<string>? Extensions { get; init; }

    /// <summary>
    /// The accepted types, such as <c>["image/png", "text/*"]</c>. The type is detected from the first bytes and not taken from the client
    /// (see <see cref="FileSignature"/>). Other files get a 415. Default null: all.
    /// </summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>True: the file is flushed to the disk before it is renamed, which is slower. Default false.</summary>
    public bool FlushToDisk { get; init; }

    internal void CheckName(string name)
    {
        if (Extensions is null) return;
        var extension = Path.GetExtension(name.AsSpan()).TrimStart('.');
        foreach (var allowed in Extensions)
            if (extension.Length > 0 && extension.Equals(allowed.AsSpan().TrimStart('.'), StringComparison.OrdinalIgnoreCase)) return;
        throw new HttpException(StatusCodes.Status415UnsupportedMediaType, "Files with this extension aren't accepted.");
    }

    internal void CheckType(string type)
    {
        foreach (var allowed in Types ?? [type])
            if (type.Equals(allowed, StringComparison.OrdinalIgnoreCase)
                || (allowed.EndsWith("/*", StringComparison.Ordinal)
                    && type.StartsWith(allowed[..^1], StringComparison.OrdinalIgnoreCase))) return;
        throw new HttpException(StatusCodes.Status415UnsupportedMediaType, "Files of this type aren't accepted.");
    }
}
