namespace Modular;

/// <summary>Options for sending a file.</summary>
public sealed class SendFileOptions
{
    TimeSpan? _usualMaxAge;

    /// <summary>The media type. Text types get a charset. Null: by the name's extension.</summary>
    public string? MimeType { get; init; }

    /// <summary>True: the browser saves the file instead of showing it.</summary>
    public bool AsAttachment { get; init; }

    /// <summary>The name under which a client saves it. Null: the file's own name.</summary>
    public string? DownloadName { get; init; }

    /// <summary>True: supports conditional requests (304, 412) and ranges. Default true.</summary>
    public bool Conditional { get; init; } = true;

    /// <summary>The entity tag, without quotes. Null makes one from the file's time, size and path; empty sends none.</summary>
    public string? ETag { get; init; }

    /// <summary>The time of the last change, to the second. Null: the file's.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>How long caches may use it without revalidation. Null: as <c>ModularOptions.SendFileMaxAge</c>.</summary>
    public TimeSpan? MaxAge { get => field ?? _usualMaxAge; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal static SendFileOptions Of(SendFileOptions? given, TimeSpan? maxAge)
    {
        var options = (SendFileOptions)(given ?? new()).MemberwiseClone();
        options._usualMaxAge = maxAge;
        return options;
    }
}
