namespace Modular.Uploads;

/// <summary>The options of a <see cref="LocalFolder"/>.</summary>
public sealed record LocalFolderOptions
{
    /// <summary>What to do when a file already exists, and which files are accepted.</summary>
    public SaveOptions Save { get; init; } = new();

    /// <summary>
    /// The maximum size in bytes of all files in the folder and its subfolders. A file that exceeds it gets a 507. Default null: no limit.
    /// A file's space is reserved before it is written, and a replaced file counts until the new file is complete: both must fit.
    /// </summary>
    /// <remarks>
    /// The first use measures the existing files. Later changes are counted only if this process makes them through a
    /// <see cref="LocalFolder"/> on this folder.
    /// </remarks>
    public long? Quota
    {
        get;
        init => field = value is null or >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(Quota), value, "Quota must be at least 0 bytes, or null for no quota.");
    }
}

/// <summary>Saves files in a local folder, and never outside it. The first use deletes the incomplete files of a crashed process.</summary>
/// <remarks>
/// Thread: safe to share. All instances in a process on the same folder share its byte count, each with its own quota. An instance on a
/// subfolder counts separately.
/// Several processes can use one folder, but each counts the quota separately.
/// </remarks>
public sealed class LocalFolder : IUploadStore
{
    readonly string _folder;
    readonly LocalFolderOptions _options;
    FolderQuota? _quota;

    /// <summary>Creates a store in a folder. The folder is created if it doesn't exist.</summary>
    /// <param name="folder">A trusted path: absolute, or relative to the current directory.</param>
    /// <param name="options">Null for the defaults: existing files are replaced, and all files are accepted.</param>
    public LocalFolder(string folder, LocalFolderOptions? options = null) =>
        (_folder, _options) = (Path.GetFullPath(folder), options ?? new());

    FolderQuota Quota => _quota ??= FolderQuota.Of(_folder);

    /// <inheritdoc/>
    public async Task<string> SaveAsync(string name, Stream content, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        using var share = Quota.Begin(_options.Quota);
        MakeFolders(name);
        var saved = await FileSaver.SaveAsync(path, name, content, _options.Save, cancellationToken, share);
        return Path.GetRelativePath(_folder, saved).Replace('\\', '/');
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        return Task.FromResult<Stream?>(File.Exists(path) && !HasLink(name)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous) : null);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        var path = PathOf(name);
        return Task.FromResult(!HasLink(name) && Quota.Delete(path));
    }

    string PathOf(string name) => Path.Combine(_folder, StoredName.Check(name));

    void MakeFolders(string name)
    {
        if (HasLink(name)) throw new HttpException(StatusCodes.Status400BadRequest, "This file name isn't valid.");
        if (Path.GetDirectoryName(name) is { Length: > 0 } below) Directory.CreateDirectory(Path.Combine(_folder, below));
    }

    // A link in a folder's place could lead outside. A link in the file's place is replaced, not followed, when the file is written.
    bool HasLink(string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
            if (new DirectoryInfo(Path.Combine(_folder, name[..slash])) is { Exists: true, LinkTarget: not null }) return true;
        return false;
    }
}
