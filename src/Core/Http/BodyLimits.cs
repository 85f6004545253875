namespace Modular;

/// <summary>Limits on the size and time of a request's body. A larger body is a 413, a slower one a 408.</summary>
/// <remarks>
/// For the application (<see cref="ModularOptions.Limits"/>), a blueprint (<see cref="BlueprintOptions.Limits"/>), one rule (as metadata:
/// <c>app.Post(…).WithMetadata(new BodyLimits { … })</c>) or one request (<see cref="Request.Limits"/>); the nearest counts, as a whole.
/// The <c>UploadLimits</c> of Modular.Uploads are also those of multipart forms.
/// </remarks>
public class BodyLimits
{
    /// <summary>Bytes of the whole body. Default null: the server's own limit, 30,000,000 for Kestrel.</summary>
    public long? MaxContentLength { get; init => field = NotNegative(value); }

    /// <summary>Bytes of one form field that is not a file, and of a whole url-encoded form. Default 500,000.</summary>
    public long MaxFormMemorySize { get; init => field = NotNegative(value) ?? 0; } = 500_000;

    /// <summary>How long to wait for the next bytes of a body. Default one minute; null waits as long as the server does.</summary>
    public TimeSpan? MaxIdleTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(1);

    /// <summary>How long a whole body may take to arrive. Default null: as long as bytes keep coming.</summary>
    public TimeSpan? MaxReadTime { get; init => field = Positive(value); }

    static long? NotNegative(long? value, [CallerMemberName] string name = "") => value is null or >= 0 ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 bytes.");

    static TimeSpan? Positive(TimeSpan? value, [CallerMemberName] string name = "") =>
        value is null || (value > TimeSpan.Zero && value <= TimeSpan.FromDays(49)) ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and 49 days, or null for no limit.");
}
