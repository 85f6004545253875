namespace Modular.Uploads;

/// <summary>How far an upload is.</summary>
/// <param name="Received">Bytes of the body that have come.</param>
/// <param name="Total">Bytes of the whole body as the client states them; null when it does not.</param>
/// <param name="FileName">The file that is arriving, as the client named it; null before the first.</param>
/// <param name="State">Whether it goes on.</param>
public readonly record struct UploadProgress(long Received, long? Total, string? FileName, UploadState State);

/// <summary>Whether an upload goes on.</summary>
public enum UploadState
{
    /// <summary>More is to come.</summary>
    Running,

    /// <summary>All of it came, and the view has answered.</summary>
    Done,

    /// <summary>It broke off, or was refused.</summary>
    Failed,
}
