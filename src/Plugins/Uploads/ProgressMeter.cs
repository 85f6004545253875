using Microsoft.Extensions.DependencyInjection;

namespace Modular.Uploads;

/// <summary>Reports the progress of one request's upload to its listeners.</summary>
sealed class ProgressMeter(long? total, IProgress<UploadProgress>? watch)
{
    UploadProgress _last = new(0, total, null, UploadState.Running);

    /// <summary>The listener of the view.</summary>
    internal IProgress<UploadProgress>? Listener { get; set; }

    internal static ProgressMeter Of(RequestContext context, UploadOptions options)
    {
        var request = context.Request;
        var id = options.ProgressArgument is { } argument ? request.Args.Find(argument) : null;
        var watch = id is null ? null : context.Services.GetRequiredService<UploadMonitor>().Start(id);
        var meter = new ProgressMeter(request.ContentLength, watch);
        meter.Tell();
        return meter;
    }

    internal void Report(long received, string? fileName)
    {
        _last = _last with { Received = received, FileName = fileName ?? _last.FileName };
        Tell();
    }

    internal void Finish(bool failed)
    {
        if (_last.State != UploadState.Running) return;
        _last = _last with { State = failed ? UploadState.Failed : UploadState.Done };
        Tell();
    }

    void Tell()
    {
        watch?.Report(_last);
        Listener?.Report(_last);
    }
}
