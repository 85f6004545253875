namespace Modular.Uploads;

/// <summary>One uploaded file, named as in Flask. The client sets its name and type, so don't trust them.</summary>
/// <remarks>
/// The file is kept in memory or in a private temporary file, and is deleted when the request ends. Thread: one at a time. Streams from
/// <see cref="OpenRead"/> are independent.
/// </remarks>
public sealed class FileStorage
{
    readonly IFileContent _content;
    Stream? _stream;

    internal FileStorage(string name, string fileName, IHeaderDictionary headers, IFileContent content) =>
        (Name, FileName, Headers, _content) = (name, fileName, headers, content);

    /// <summary>The form field's name.</summary>
    public string Name { get; }

    /// <summary>
    /// The file name as the client sent it, which can be <c>../../etc/passwd</c>. For a path, use
    /// <see cref="UploadFunctions.SecureFilename"/>.
    /// </summary>
    public string FileName { get; }

    /// <summary>The type that the client sent, with parameters. Null when it sent none.</summary>
    public string? ContentType => Headers.ContentType is [{ } type, ..] ? type : null;

    /// <summary>The type in lower case without parameters, such as <c>image/png</c>. Empty when the client sent none.</summary>
    public string MimeType => WithoutParameters(ContentType);

    /// <summary>The headers of the part.</summary>
    public IHeaderDictionary Headers { get; }

    /// <summary>The size in bytes.</summary>
    public long Length => _content.Length;

    /// <summary>True when the visitor selected no file. Browsers then send an empty file without a name.</summary>
    public bool IsEmpty => FileName.Length == 0 && Length == 0;

    internal static string WithoutParameters(string? type) => type is null ? "" : type.Split(';')[0].Trim(' ', '\t').ToLowerInvariant();

    /// <summary>The content. The property always returns the same seekable stream.</summary>
    public Stream Stream => _stream ??= OpenRead();

    /// <summary>Opens the content as a new, independent stream.</summary>
    public Stream OpenRead() => _content.OpenRead();

    /// <summary>
    /// Detects the type from the file's first bytes with <see cref="FileSignature.TypeOf"/>, for example to choose the extension of a new
    /// name.
    /// </summary>
    /// <param name="cancellationToken">The token of the request.</param>
    /// <returns><c>application/octet-stream</c> when the type is unknown.</returns>
    public async Task<string> DetectTypeAsync(CancellationToken cancellationToken = default)
    {
        await using var content = OpenRead();
        var (head, buffer) = (new HeadCollector(), new byte[FileSignature.Length]);
        int count;
        do count = await content.ReadAsync(buffer, cancellationToken);
        while (count > 0 && !head.Add(buffer.AsSpan(0, count)));
        return head.Type;
    }

    /// <summary>
    /// Saves the file to a path, completely or not at all: it is written to a temporary file in the same folder, then renamed.
    /// </summary>
    /// <param name="path">A trusted path: don't build it from <see cref="FileName"/> without <see cref="UploadFunctions.SecureFilename"/>.
    /// Its folder must exist.</param>
    /// <param name="options">What to do when the file already exists, and which files are accepted. Null: it is replaced, and all files
    /// are accepted.</param>
    /// <param name="cancellationToken">The token of the request.</param>
    /// <returns>The path of the saved file. With <see cref="IfExists.Unique"/> it can differ from <paramref name="path"/>.</returns>
    /// <exception cref="HttpException">415: the options don't accept this file.</exception>
    /// <exception cref="IOException">The disk is full, the folder is missing, or the file already exists and the options say
    /// <see cref="IfExists.Fail"/>.</exception>
    public async Task<string> SaveAsync(string path, SaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        await using var content = OpenRead();
        return await FileSaver.SaveAsync(path, FileName, content, options ?? SaveOptions.Default, cancellationToken);
    }

    /// <summary>Copies the whole file to a stream.</summary>
    public async Task SaveAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        await using var content = OpenRead();
        await content.CopyToAsync(destination, cancellationToken);
    }

    /// <summary>Saves the file in a store.</summary>
    /// <param name="store">A local folder, or the store of another package.</param>
    /// <param name="name">The name in the store. Null: <see cref="UploadFunctions.SecureFilename"/> of the client's name, or a random name
    /// if that is empty.</param>
    /// <param name="cancellationToken">The token of the request.</param>
    /// <returns>The name of the file in the store.</returns>
    public async Task<string> SaveAsync(IUploadStore store, string? name = null, CancellationToken cancellationToken = default)
    {
        await using var content = OpenRead();
        return await store.SaveAsync(StoredName.Of(name, FileName), content, cancellationToken);
    }
}
