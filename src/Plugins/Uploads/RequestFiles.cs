using Microsoft.AspNetCore.Http.Features;

namespace Modular.Uploads;

/// <summary>Reads the form of one request: keeps its files while they arrive, and lets them go when the request ends.</summary>
sealed class RequestFiles(UploadOptions options, ProgressMeter progress) : IDisposable
{
    readonly List<FileStorage> _files = [];
    readonly List<SpooledFile> _spooled = [];
    FileDict? _dict;
    bool _isRejected;

    /// <summary>The files of a request that is being answered here.</summary>
    internal static FileDict Current(Request request)
    {
        // A form that failed must not pass for one without files.
        _ = request.Form;
        return OfCurrent(request).Get(UploadsPlugin.Slot).Dict;
    }

    internal static RequestContext OfCurrent(Request request)
    {
        var context = Modular.Current.Context;
        return ReferenceEquals(context.Request, request) ? context : throw new ModularException(
            "Files were asked of a request that is not the current one. Ask Current.Request, in the view.");
    }

    internal static RequestFiles Of(RequestContext context, UploadOptions options)
    {
        var files = new RequestFiles(options, ProgressMeter.Of(context, options));
        // Middleware in front has used the body up; ASP.NET keeps its files until the request ends.
        if (context.Http.Features.Get<IFormFeature>()?.Form?.Files is { } read)
            foreach (var file in read)
                files._files.Add(new(file.Name, file.FileName, file.Headers, new FormFileContent(file)));
        return files;
    }

    FileDict Dict => _dict ??= new(_files);

    /// <summary>Takes the form in.</summary>
    /// <returns>Its fields; none when the form is malformed, and then its files do not count either.</returns>
    /// <exception cref="HttpException">As <see cref="FormParts.NextAsync"/>.</exception>
    internal async ValueTask<MultiDict> ReadAsync(Request request, Stream body, CancellationToken cancellation)
    {
        if (FormParts.BoundaryOf(request) is not { } boundary)
        {
            await body.CopyToAsync(Stream.Null, cancellation);
            return MultiDict.Empty;
        }
        var fields = new List<KeyValuePair<string, string>>();
        FormParts? parts = null;
        var isWhole = false;
        try
        {
            parts = new(body, boundary, request.Limits, request.ContentLength) { Progress = progress };
            while (await parts.FindAsync(cancellation) is { } part)
                if (part.IsFile) await TakeAsync(part, cancellation);
                else fields.Add(new(part.Name, await part.ReadTextAsync(cancellation)));
            isWhole = !parts.IsMalformed;
        }
        catch (HttpException) when (parts is { IsMalformed: true })
        {
        }
        finally
        {
            if (!isWhole) Reject();
        }
        return isWhole ? new(fields) : MultiDict.Empty;
    }

    async ValueTask TakeAsync(FormPart file, CancellationToken cancellation)
    {
        var spooled = new SpooledFile(options.MemoryThreshold, options.TemporaryFolder);
        _spooled.Add(spooled);
        while (await file.ReadChunkAsync(cancellation) is { IsEmpty: false } chunk) await spooled.AppendAsync(chunk, cancellation);
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
