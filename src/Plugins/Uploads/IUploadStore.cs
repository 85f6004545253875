namespace Modular.Uploads;

/// <summary>A place to save uploaded files: a <see cref="LocalFolder"/>, or an object store from another package.</summary>
/// <remarks>Thread: safe to share.</remarks>
public interface IUploadStore
{
    /// <summary>Saves a file completely or not at all.</summary>
    /// <param name="name">An untrusted name with slashes between folders, such as <c>2026/photo.png</c>.</param>
    /// <param name="content">The content. It is read once to its end, possibly while it arrives.</param>
    /// <param name="cancellationToken">The token of the request.</param>
    /// <returns>The name of the file in the store.</returns>
    /// <exception cref="HttpException">400: the name isn't valid. 415: this type of file isn't accepted. 507: the quota is used
    /// up.</exception>
    Task<string> SaveAsync(string name, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Opens a file's content. Null when the file doesn't exist.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file.</summary>
    /// <returns>False when the file doesn't exist.</returns>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default);
}
