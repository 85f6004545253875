namespace Modular.Uploads;

/// <summary>What to do when a file is there already.</summary>
public enum IfExists
{
    /// <summary>It is replaced, as in Flask.</summary>
    Overwrite,

    /// <summary>The new one gets another name: <c>photo-1.png</c>.</summary>
    Unique,

    /// <summary>The new one is not saved; an <see cref="IOException"/> says so.</summary>
    Fail,
}

/// <summary>How a file is saved, and which files are taken.</summary>
public sealed record SaveOptions
{
    internal static SaveOptions Default { get; } = new();

    /// <summary>When the file is there already. Default: it is replaced.</summary>
    public IfExists IfExists { get; init; }

    /// <summary>The extensions that are taken, such as <c>["png", "jpg"]</c>, with or without a dot and in any case; others are a 415. Default null: all.</summary>
    public IReadOnlyCollection<string>? Extensions { get; init; }

    /// <summary>
    /// The types that are taken, such as <c>["image/png", "text/*"]</c>, by what the first bytes look like and not by what the client claims (see <see cref="FileSignature"/>); others are a 415. Default null: all.
    /// </summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>True: the file is on the disk, and not only handed to the system, before it gets its name; slower. Default false.</summary>
    public bool FlushToDisk { get; init; }

    internal void CheckName(string name)
    {
        if (Extensions is null) return;
        var extension = Path.GetExtension(name.AsSpan()).TrimStart('.');
        foreach (var allowed in Extensions)
            if (extension.Length > 0 && extension.Equals(allowed.AsSpan().TrimStart('.'), StringComparison.OrdinalIgnoreCase)) return;
        throw new HttpException(StatusCodes.Status415UnsupportedMediaType, "Files with this extension are not taken.");
    }

    internal void CheckType(string type)
    {
        foreach (var allowed in Types ?? [type])
            if (type.Equals(allowed, StringComparison.OrdinalIgnoreCase)
                || (allowed.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(allowed[..^1], StringComparison.OrdinalIgnoreCase))) return;
        throw new HttpException(StatusCodes.Status415UnsupportedMediaType, "Files of this type are not taken.");
    }
}
