using Microsoft.AspNetCore.Http.Features;

namespace Modular.Uploads;

/// <summary>The files of one request: takes them while they arrive, and lets them go when it ends.</summary>
sealed class RequestFiles(UploadOptions options, ProgressMeter progress) : IFormFileTaker, IDisposable
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

    public async ValueTask TakeAsync(FormPart file, CancellationToken aborted)
    {
        var spooled = new SpooledFile(options.MemoryThreshold, options.TemporaryFolder);
        _spooled.Add(spooled);
        await file.Content.CopyToAsync(new SpoolWriter(spooled, progress, file), aborted);
        _files.Add(new(file.Name, file.FileName!, file.Headers, spooled));
    }

    public void Reject()
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
