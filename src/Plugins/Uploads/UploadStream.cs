namespace Modular.Uploads;

/// <summary>
/// The parts of a form one by one, fields and files, while they arrive and in the order of the form: nothing is kept in memory or in a temporary file. A view that takes one reads the body by it;
/// <c>Request.Form</c> and <c>Request.Files</c> are not read then.
/// </summary>
/// <remarks>Thread: one at a time, and each part before the next one. The limits are those of the request, see <see cref="BodyLimits"/>.</remarks>
/// <example><code>
/// app.Post("/films", async (UploadStream upload) =>
/// {
///     await foreach (var part in upload)
///         if (part.IsFile) await part.SaveAsync(store);
///     return "thank you";
/// });
/// </code></example>
[PluginParameter("app.UseUploads()")]
public sealed class UploadStream : IAsyncEnumerable<FormPart>
{
    readonly FormParts _parts;
    readonly ProgressMeter _progress;
    bool _isWhole;

    internal UploadStream(RequestContext context, UploadOptions options)
    {
        var request = context.Request;
        var body = request.OpenBody();
        var boundary = FormParts.BoundaryOf(request) ?? throw new HttpException(StatusCodes.Status415UnsupportedMediaType);
        _parts = new(body, boundary, request.Limits, request.ContentLength);
        _parts.Progress = _progress = ProgressMeter.Of(context, options);
    }

    /// <summary>Is told how far the upload is, after each piece of at most 64 KiB that was read, on the thread that reads.</summary>
    public IProgress<UploadProgress>? Progress { get => _progress.Listener; set => _progress.Listener = value; }

    /// <summary>The next part, or null when there is no more. What was not read of the last one is read over.</summary>
    /// <exception cref="HttpException">413: a limit is passed. 400: the form is malformed or ended early. 408: it comes too slowly.</exception>
    public async ValueTask<FormPart?> NextAsync(CancellationToken cancellation = default)
    {
        var part = await _parts.NextAsync(cancellation);
        _isWhole = part is null;
        return part;
    }

    /// <inheritdoc cref="NextAsync"/>
    public async IAsyncEnumerator<FormPart> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (await NextAsync(cancellationToken) is { } part) yield return part;
    }

    internal void Finish() => _progress.Finish(failed: !_isWhole);
}
