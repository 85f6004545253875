namespace Modular.Uploads;

/// <summary>How uploaded files are kept until the view saves them. <see cref="UploadLimits"/> sets their maximum size.</summary>
public sealed record UploadOptions
{
    /// <summary>
    /// The maximum size in bytes of a file in memory. A larger file is written to a temporary file while it arrives. Default 512,000.
    /// </summary>
    public int MemoryThreshold
    {
        get;
        init => field = value >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(MemoryThreshold), value, "MemoryThreshold must be at least 0 bytes.");
    } = 500 * 1024;

    /// <summary>The folder for temporary files, which must exist. Default: the system's folder.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>
    /// The query argument with the id of the upload for <see cref="UploadMonitor"/>, such as <c>upload</c> in <c>/photos?upload=7f3a…</c>.
    /// Default null: uploads aren't tracked.
    /// </summary>
    public string? ProgressArgument { get; init; }
}
