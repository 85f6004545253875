namespace Modular.Uploads;

/// <summary>How a <see cref="LocalFolder"/> keeps files.</summary>
public sealed record LocalFolderOptions
{
    /// <summary>What to do when a file is there already, and which files are taken.</summary>
    public SaveOptions Save { get; init; } = new();

    /// <summary>
    /// Bytes of all files in the folder, those below it included; a file that does not fit any more is a 507. Default null: as many as the disk holds.
    /// A file takes its room before it is written, and what it replaces counts until it is whole: to replace a file, both must fit.
    /// </summary>
    /// <remarks>What is there is measured at the first use. Later only what goes through a <see cref="LocalFolder"/> on this folder in this process is counted.</remarks>
    public long? Quota
    {
        get;
        init => field = value is null or >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(Quota), value, "Quota must be at least 0 bytes, or null for no quota.");
    }
}

/// <summary>Saves files in a folder of this machine, and never outside it. What a crashed process left half-written is deleted at the first use.</summary>
/// <remarks>
/// Thread: safe to share. All instances of a process on one folder count its bytes together, each with its own quota; one on a folder below counts for itself.
/// Several processes may use one folder; the quota is counted by each.
/// </remarks>
public sealed class LocalFolder : IUploadStore
{
    readonly string _folder;
    readonly LocalFolderOptions _options;
    FolderQuota? _quota;

    /// <summary>A store in a folder, which is made when it is not there.</summary>
    /// <param name="folder">Trusted. Absolute, or below the current directory.</param>
    /// <param name="options">Null for the defaults: existing files are replaced, and all are taken.</param>
    public LocalFolder(string folder, LocalFolderOptions? options = null) => (_folder, _options) = (Path.GetFullPath(folder), options ?? new());

    FolderQuota Quota => _quota ??= FolderQuota.Of(_folder);

    /// <inheritdoc/>
    public async Task<string> SaveAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        using var share = Quota.Begin(_options.Quota);
        MakeFolders(name);
        var saved = await FileSaver.SaveAsync(path, name, content, _options.Save, cancellation, share);
        return Path.GetRelativePath(_folder, saved).Replace('\\', '/');
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        return Task.FromResult<Stream?>(File.Exists(path) && !HasLink(name)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous) : null);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellation = default)
    {
        var path = PathOf(name);
        return Task.FromResult(!HasLink(name) && Quota.Delete(path));
    }

    string PathOf(string name) => Path.Combine(_folder, StoredName.Check(name));

    void MakeFolders(string name)
    {
        if (HasLink(name)) throw new HttpException(StatusCodes.Status400BadRequest, "No file can have this name.");
        if (Path.GetDirectoryName(name) is { Length: > 0 } below) Directory.CreateDirectory(Path.Combine(_folder, below));
    }

    // A link to another folder would lead outside. One in place of the file itself is replaced, not followed, when it is written.
    bool HasLink(string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
            if (new DirectoryInfo(Path.Combine(_folder, name[..slash])) is { Exists: true, LinkTarget: not null }) return true;
        return false;
    }
}
