namespace Modular;

/// <summary>How much of a body is taken in, and how slowly. What is larger ends in a 413 answer, what is too slow in a 408.</summary>
/// <remarks>
/// For the application (<see cref="ModularOptions.Limits"/>), a blueprint (<see cref="BlueprintOptions.Limits"/>), one rule (as metadata:
/// <c>app.Post(…).WithMetadata(new BodyLimits { … })</c>) or one request (<see cref="Request.Limits"/>); the nearest counts, as a whole.
/// </remarks>
public sealed record BodyLimits
{
    /// <summary>Bytes of the whole body. Default null: the server's own limit, 30,000,000 for Kestrel.</summary>
    public long? MaxContentLength { get; init => field = NotNegative(value, "the server's own limit"); }

    /// <summary>Bytes of one form field that is not a file, and of a whole url-encoded form. Default 500,000.</summary>
    public long MaxFormMemorySize { get; init => field = NotNegative(value, "bytes"); } = 500_000;

    /// <summary>Bytes of one file in a multipart form. Default null: as large as the whole body may be.</summary>
    public long? MaxFileSize { get; init => field = NotNegative(value, "the body's own limit"); }

    /// <summary>Parts, fields and files together, of one multipart form. Default 1000.</summary>
    public int MaxFormParts { get; init => field = (int)NotNegative(value, "parts"); } = 1000;

    /// <summary>Bytes of one part's header lines in a multipart form; longer ones are a 400. Default 16,384.</summary>
    public int MaxPartHeaderSize { get; init => field = (int)NotNegative(value, "bytes"); } = 16 * 1024;

    /// <summary>Characters of a field's name and of a file's name in a multipart form; longer ones are a 400. Default 4096.</summary>
    public int MaxNameLength { get; init => field = (int)NotNegative(value, "characters"); } = 4096;

    /// <summary>Bytes in front of a multipart form's first part, and as many behind its last, which mean nothing. Default 65,536.</summary>
    public int MaxFormPadding { get; init => field = (int)NotNegative(value, "bytes"); } = 64 * 1024;

    /// <summary>How long to wait for the next bytes of a body. Default one minute; null waits as long as the server does.</summary>
    public TimeSpan? MaxIdleTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(1);

    /// <summary>How long a whole body may take to arrive. Default null: as long as bytes keep coming.</summary>
    public TimeSpan? MaxReadTime { get; init => field = Positive(value); }

    static long? NotNegative(long? value, string none, [CallerMemberName] string name = "") =>
        value is null or >= 0 ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 bytes, or null for {none}.");

    static long NotNegative(long value, string unit, [CallerMemberName] string name = "") =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 {unit}.");

    static TimeSpan? Positive(TimeSpan? value, [CallerMemberName] string name = "") =>
        value is null || (value > TimeSpan.Zero && value <= TimeSpan.FromDays(49)) ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and 49 days, or null for no limit.");
}
