namespace Modular;

/// <summary>Takes the files of one request's multipart form while they arrive; made by what a plugin gave to <c>IPluginHost.FormFiles</c>.</summary>
/// <remarks>Without one, files are read over. The fields of the form are the core's own business.</remarks>
public interface IFormFileTaker
{
    /// <summary>Takes one file. When it returns, the rest of the file is read over.</summary>
    /// <param name="file">A part with a file name, of which <see cref="FormPart.Content"/> is still arriving.</param>
    /// <param name="aborted">Of the request.</param>
    ValueTask TakeAsync(FormPart file, CancellationToken aborted);

    /// <summary>The form turned out to be malformed, or too large, or ended early: none of its files counts.</summary>
    void Reject();
}
