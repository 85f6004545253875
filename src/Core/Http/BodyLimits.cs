namespace Modular;

/// <summary>How much of a request body is taken in. What is larger ends in a 413 answer, however the body is looked at.</summary>
public sealed record BodyLimits
{
    /// <summary>Bytes of the whole body. Default null: the server's own limit, 30,000,000 for Kestrel.</summary>
    public long? MaxContentLength
    {
        get;
        init => field = value is null or >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxContentLength), value,
                "MaxContentLength must be at least 0 bytes, or null for the server's own limit.");
    }

    /// <summary>Bytes of one form field that is not a file, and of a whole url-encoded form. Default 500,000.</summary>
    public long MaxFormMemorySize
    {
        get;
        init => field = value >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxFormMemorySize), value, "MaxFormMemorySize must be at least 0 bytes.");
    } = 500_000;

    /// <summary>Parts, fields and files together, of one multipart form. Default 1000.</summary>
    public int MaxFormParts
    {
        get;
        init => field = value >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxFormParts), value, "MaxFormParts must be at least 0 parts.");
    } = 1000;
}
