using Microsoft.AspNetCore.Http.Features;

namespace Modular.Uploads;

/// <summary>Reads the form of one request: stores its files while they arrive, and deletes them when the request ends.</summary>
sealed class RequestFiles(UploadOptions options, ProgressMeter progress) : IDisposable
{
    readonly List<FileStorage> _files = [];
    readonly List<SpooledFile> _spooled = [];
    FileDict? _dict;
    bool _isRejected;

    /// <summary>The files of the current request.</summary>
    internal static FileDict Current(Request request)
    {
        // Throws if reading the form failed, so that it isn't mistaken for a form without files.
        _ = request.Form;
        return OfCurrent(request).Get(UploadsPlugin.Slot).Dict;
    }

    internal static RequestContext OfCurrent(Request request)
    {
        var context = Modular.Current.Context;
        return ReferenceEquals(context.Request, request) ? context : throw new ModularException(
            "Files was read from a request that isn't the current one. Read Current.Request.Files in the view.");
    }

    internal static RequestFiles Of(RequestContext context, UploadOptions options)
    {
        var files = new RequestFiles(options, ProgressMeter.Of(context, options));
        // Earlier middleware has read the body. ASP.NET keeps its files until the request ends.
        if (context.Http.Features.Get<IFormFeature>()?.Form?.Files is { } read)
            foreach (var file in read)
                files._files.Add(new(file.Name, file.FileName, file.Headers, new FormFileContent(file)));
        return files;
    }

    FileDict Dict => _dict ??= new(_files);

    /// <summary>Reads the form.</summary>
    /// <returns>The fields. Empty when the form is malformed; its files are then dropped too.</returns>
    /// <exception cref="HttpException">As <see cref="FormParts.NextAsync"/>.</exception>
    internal async ValueTask<MultiDict> ReadAsync(Request request, Stream body, CancellationToken cancellationToken)
    {
        if (FormParts.BoundaryOf(request) is not { } boundary)
        {
            await body.CopyToAsync(Stream.Null, cancellationToken);
            return new([]);
        }
        var fields = new List<KeyValuePair<string, string>>();
        FormParts? parts = null;
        var isWhole = false;
        try
        {
            parts = new(body, boundary, UploadLimits.Of(request.Limits), request.ContentLength) { Progress = progress };
            while (await parts.FindAsync(cancellationToken) is { } part)
                if (part.IsFile) await TakeAsync(part, cancellationToken);
                else fields.Add(new(part.Name, await part.ReadTextAsync(cancellationToken)));
            isWhole = !parts.IsMalformed;
        }
        catch (HttpException) when (parts is { IsMalformed: true })
        {
        }
        finally
        {
            if (!isWhole) Reject();
        }
        return new(isWhole ? fields : []);
    }

    async ValueTask TakeAsync(FormPart file, CancellationToken cancellationToken)
    {
        var spooled = new SpooledFile(options.MemoryThreshold, options.TemporaryFolder);
        _spooled.Add(spooled);
        while (await file.ReadChunkAsync(cancellationToken) is { IsEmpty: false } chunk)
            await spooled.AppendAsync(chunk, cancellationToken);
        _files.Add(new(file.Name, file.FileName!, file.Headers, spooled));
    }

    void Reject()
    {
        _isRejected = true;
        _files.Clear();
        Dispose();
    }

    public void Dispose()
    {
        foreach (var file in _spooled) file.Dispose();
        progress.Finish(_isRejected);
    }

    sealed class FormFileContent(IFormFile file) : IFileContent
    {
        public long Length => file.Length;

        public Stream OpenRead() => file.OpenReadStream();
    }
}
