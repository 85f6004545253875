using System.Runtime.CompilerServices;

namespace Modular.Uploads;

/// <summary>The limits of a request's body, with those of a multipart form. A larger form gets a 413.</summary>
/// <remarks>
/// Set it where <see cref="BodyLimits"/> are set. For plain <see cref="BodyLimits"/>, the default values of this class apply.
/// </remarks>
/// <example><code>
/// var app = new ModularApp(new() { Limits = new UploadLimits { MaxContentLength = 50_000_000, MaxFileSize = 10_000_000 } });
/// </code></example>
public sealed class UploadLimits : BodyLimits
{
    /// <summary>The maximum size of one file in bytes. Default null: as large as the body.</summary>
    public long? MaxFileSize
    {
        get;
        init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxFileSize), value,
            "MaxFileSize must be at least 0 bytes, or null for the body's own limit.");
    }

    /// <summary>The maximum number of parts of a form, fields and files together. Default 1000.</summary>
    public int MaxFormParts { get; init => field = NotNegative(value, "parts"); } = 1000;

    /// <summary>The maximum size of the headers of one part in bytes. A longer header is a 400. Default 16,384.</summary>
    public int MaxPartHeaderSize { get; init => field = NotNegative(value, "bytes"); } = 16 * 1024;

    /// <summary>The maximum length of a field's name and of a file's name in characters. A longer name is a 400. Default 4096.</summary>
    public int MaxNameLength { get; init => field = NotNegative(value, "characters"); } = 4096;

    /// <summary>The maximum number of ignored bytes before the first part, and after the last part. Default 65,536.</summary>
    public int MaxFormPadding { get; init => field = NotNegative(value, "bytes"); } = 64 * 1024;

    /// <summary>The limits of a request.</summary>
    internal static UploadLimits Of(BodyLimits limits) =>
        limits as UploadLimits ?? new() { MaxFormMemorySize = limits.MaxFormMemorySize };

    static int NotNegative(int value, string unit, [CallerMemberName] string name = "") =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 {unit}.");
}
