namespace Modular.Uploads;

/// <summary>
/// Reads the parts of a form one by one, fields and files, while they arrive and in the order of the form, without memory or temporary
/// files. A view with this parameter reads the body through it;
/// <c>Request.Form</c> and <c>Request.Files</c> aren't available then.
/// </summary>
/// <remarks>Thread: one at a time, and each part before the next. The limits of the request apply: <see cref="UploadLimits"/>.</remarks>
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
        _parts = new(body, boundary, UploadLimits.Of(request.Limits), request.ContentLength);
        _parts.Progress = _progress = ProgressMeter.Of(context, options);
    }

    /// <summary>Receives the progress after each chunk of at most 64 KiB, on the thread that reads.</summary>
    public IProgress<UploadProgress>? Progress { get => _progress.Listener; set => _progress.Listener = value; }

    /// <summary>The next part, or null at the end of the form. The unread content of the previous part is skipped.</summary>
    /// <exception cref="HttpException">413: a limit is exceeded. 400: the form is malformed or incomplete. 408: the client sends too
    /// slowly.</exception>
    public async ValueTask<FormPart?> NextAsync(CancellationToken cancellationToken = default)
    {
        var part = await _parts.NextAsync(cancellationToken);
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
