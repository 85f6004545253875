namespace Modular.Uploads;

/// <summary>One uploaded file, under Flask's name. What it says of itself, name and type, is the client's word alone.</summary>
/// <remarks>Gone when the request ends: in memory, or a temporary file that nobody else sees. Thread: one at a time; streams of <see cref="OpenRead"/> are independent.</remarks>
public sealed class FileStorage
{
    readonly IFileContent _content;
    Stream? _stream;

    internal FileStorage(string name, string fileName, IHeaderDictionary headers, IFileContent content) =>
        (Name, FileName, Headers, _content) = (name, fileName, headers, content);

    /// <summary>The form field's name.</summary>
    public string Name { get; }

    /// <summary>The name that the file has at the client's, as sent: <c>../../etc/passwd</c> may stand here. For a path, take <see cref="UploadFunctions.SecureFilename"/> of it.</summary>
    public string FileName { get; }

    /// <summary>The type that the client claims, with its parameters; null when it claims none.</summary>
    public string? ContentType => Headers.ContentType is [{ } type, ..] ? type : null;

    /// <summary>The type in lower case without parameters, such as <c>image/png</c>; empty when there is none.</summary>
    public string MimeType => WithoutParameters(ContentType);

    /// <summary>All header lines of the part.</summary>
    public IHeaderDictionary Headers { get; }

    /// <summary>Bytes.</summary>
    public long Length => _content.Length;

    /// <summary>True when the visitor chose no file: browsers then send an empty one without a name.</summary>
    public bool IsEmpty => FileName.Length == 0 && Length == 0;

    internal static string WithoutParameters(string? type) => type is null ? "" : type.Split(';')[0].Trim(' ', '\t').ToLowerInvariant();

    /// <summary>The content, with one position for all who read this property. It can seek.</summary>
    public Stream Stream => _stream ??= OpenRead();

    /// <summary>The content from its start, to be read beside other streams of it.</summary>
    public Stream OpenRead() => _content.OpenRead();

    /// <summary>The type that the file's first bytes look like, as <see cref="FileSignature.TypeOf"/> tells it: to choose the ending of a name of one's own.</summary>
    /// <param name="cancellation">Of the request.</param>
    /// <returns><c>application/octet-stream</c> when nothing is known of such bytes.</returns>
    public async Task<string> DetectTypeAsync(CancellationToken cancellation = default)
    {
        await using var content = OpenRead();
        var (head, buffer) = (new HeadCollector(), new byte[FileSignature.Length]);
        int count;
        do count = await content.ReadAsync(buffer, cancellation);
        while (count > 0 && !head.Add(buffer.AsSpan(0, count)));
        return head.Type;
    }

    /// <summary>Saves the file under a path, as a whole or not at all: it is written beside the path under a temporary name, and then renamed.</summary>
    /// <param name="path">Trusted: never made of <see cref="FileName"/> unless through <see cref="UploadFunctions.SecureFilename"/>. Its folder must be there.</param>
    /// <param name="options">What to do when the file is there already, and what is taken. Null: it is replaced, and everything is taken.</param>
    /// <param name="cancellation">Of the request.</param>
    /// <returns>The path of the file that was written; with <see cref="IfExists.Unique"/> perhaps another one.</returns>
    /// <exception cref="HttpException">415: the options do not take such a file.</exception>
    /// <exception cref="IOException">The disk is full, the folder is missing, or the file is there and <see cref="IfExists.Fail"/> was asked for.</exception>
    public async Task<string> SaveAsync(string path, SaveOptions? options = null, CancellationToken cancellation = default)
    {
        await using var content = OpenRead();
        return await FileSaver.SaveAsync(path, FileName, content, options ?? SaveOptions.Default, cancellation);
    }

    /// <summary>Copies the whole file to a stream.</summary>
    public async Task SaveAsync(Stream destination, CancellationToken cancellation = default)
    {
        await using var content = OpenRead();
        await content.CopyToAsync(destination, cancellation);
    }

    /// <summary>Saves the file in a store.</summary>
    /// <param name="store">A local folder, or another package's.</param>
    /// <param name="name">The name in the store. Null: <see cref="UploadFunctions.SecureFilename"/> of the client's name, and a random one where nothing of it is left.</param>
    /// <param name="cancellation">Of the request.</param>
    /// <returns>The name that it has in the store.</returns>
    public async Task<string> SaveAsync(IUploadStore store, string? name = null, CancellationToken cancellation = default)
    {
        await using var content = OpenRead();
        return await store.SaveAsync(StoredName.Of(name, FileName), content, cancellation);
    }
}
