namespace Modular.Uploads;

/// <summary>How uploaded files are kept until the view saves them. How large they may be is said by <see cref="BodyLimits"/>.</summary>
public sealed record UploadOptions
{
    /// <summary>Bytes of one file that are kept in memory; a larger one goes to a temporary file while it arrives. Default 512,000.</summary>
    public int MemoryThreshold
    {
        get;
        init => field = value >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(MemoryThreshold), value, "MemoryThreshold must be at least 0 bytes.");
    } = 500 * 1024;

    /// <summary>Where temporary files lie. Default: the system's own folder. It must be there.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>
    /// The query argument under which a page names its upload, such as <c>upload</c> in <c>/photos?upload=7f3a…</c>, so that <see cref="UploadMonitor"/> tells how far it is. Null, the default: nothing is watched.
    /// </summary>
    public string? ProgressArgument { get; init; }
}
