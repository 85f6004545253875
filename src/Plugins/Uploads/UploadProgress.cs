namespace Modular.Uploads;

/// <summary>The progress of an upload.</summary>
/// <param name="Received">The number of bytes received.</param>
/// <param name="Total">The size of the body in bytes, as the client sent it. Null when the client didn't send it.</param>
/// <param name="FileName">The client's name of the file that is arriving. Null before the first file.</param>
/// <param name="State">The state of the upload.</param>
public readonly record struct UploadProgress(long Received, long? Total, string? FileName, UploadState State);

/// <summary>The state of an upload.</summary>
public enum UploadState
{
    /// <summary>The upload is in progress.</summary>
    Running,

    /// <summary>The upload is complete and the view has responded.</summary>
    Done,

    /// <summary>The upload was interrupted or rejected.</summary>
    Failed,
}
