namespace Modular.Uploads;

/// <summary>Where uploaded files are saved: a <see cref="LocalFolder"/>, or an object store of another package.</summary>
/// <remarks>Thread: safe to share.</remarks>
public interface IUploadStore
{
    /// <summary>Saves a file as a whole or not at all.</summary>
    /// <param name="name">Names with slashes between, such as <c>2026/photo.png</c>; not trusted.</param>
    /// <param name="content">Read once, to its end, perhaps while it arrives.</param>
    /// <param name="cancellation">Of the request.</param>
    /// <returns>The name that it has in the store.</returns>
    /// <exception cref="HttpException">400: no file can have this name. 415: files like this are not taken. 507: the quota is used up.</exception>
    Task<string> SaveAsync(string name, Stream content, CancellationToken cancellation = default);

    /// <summary>A file's content, or null when there is none of this name.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default);

    /// <summary>Deletes a file.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellation = default);
}
