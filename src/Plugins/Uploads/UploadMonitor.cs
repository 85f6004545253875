using System.Collections.Concurrent;

namespace Modular.Uploads;

/// <summary>
/// Reports the progress of uploads by an id that the page chooses, for an endpoint that the page polls. A service of the application.
/// </summary>
/// <remarks>
/// An upload is forgotten one minute after its last bytes. At most 1,000 uploads are kept, and the oldest is removed first. Anyone who
/// knows the id can read the progress, so a page should
/// choose a random id. Thread: safe to share.
/// </remarks>
/// <example><code>
/// app.UseUploads(new() { ProgressArgument = "upload" });                                  // POST /photos?upload=7f3a…
/// app.Get("/progress/&lt;id&gt;", (string id, UploadMonitor monitor) => Json(monitor.Find(id)));
/// </code></example>
public sealed class UploadMonitor(TimeProvider time)
{
    const int MaxUploads = 1000;
    const int MaxName = 128;
    static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, Watch> _uploads = [];

    /// <summary>The progress of an upload. Null when the id is unknown or was forgotten.</summary>
    public UploadProgress? Find(string id) => _uploads.TryGetValue(id, out var watch) && !IsOld(watch) ? watch.Progress : null;

    /// <summary>Starts to track an upload under an id.</summary>
    /// <returns>The receiver of progress reports. Null when the id is empty or longer than 128 characters.</returns>
    public IProgress<UploadProgress>? Start(string id)
    {
        if (id.Length is 0 or > MaxName) return null;
        if (_uploads.Count >= MaxUploads) Forget();
        return _uploads[id] = new(time);
    }

    void Forget()
    {
        foreach (var (id, watch) in _uploads)
            if (IsOld(watch)) _uploads.TryRemove(id, out _);
        while (_uploads.Count >= MaxUploads)
            if (_uploads.MinBy(upload => upload.Value.Reported) is { Key: { } oldest }) _uploads.TryRemove(oldest, out _);
    }

    bool IsOld(Watch watch) => time.GetElapsedTime(watch.Reported) > Memory;

    sealed class Watch(TimeProvider time) : IProgress<UploadProgress>
    {
        readonly Lock _gate = new();
        UploadProgress _progress;
        long _reported = time.GetTimestamp();

        internal long Reported => Interlocked.Read(ref _reported);

        internal UploadProgress Progress
        {
            get
            {
                lock (_gate) return _progress;
            }
        }

        public void Report(UploadProgress value)
        {
            lock (_gate) _progress = value;
            Interlocked.Exchange(ref _reported, time.GetTimestamp());
        }
    }
}
