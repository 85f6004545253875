namespace Modular;

/// <summary>How a file is sent.</summary>
public sealed class SendFileOptions
{
    TimeSpan? _usualMaxAge;

    /// <summary>The media type; text gets its charset. Null: by the name's extension.</summary>
    public string? MimeType { get; init; }

    /// <summary>True offers to save the file instead of showing it.</summary>
    public bool AsAttachment { get; init; }

    /// <summary>The name under which a client saves it. Null: the file's own name.</summary>
    public string? DownloadName { get; init; }

    /// <summary>Whether 304, 412 and ranges are answered. Default true.</summary>
    public bool Conditional { get; init; } = true;

    /// <summary>The entity tag, without quotes. Null makes one from the file's time, size and path; an empty one sends none.</summary>
    public string? ETag { get; init; }

    /// <summary>Null: the file's own time of change. To the second.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>How long caches may use it without asking. Null: as <c>ModularOptions.SendFileMaxAge</c>.</summary>
    public TimeSpan? MaxAge { get => field ?? _usualMaxAge; init; }

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The given ones, or the default ones, with the application's age where they tell none.</summary>
    internal static SendFileOptions Of(SendFileOptions? given, TimeSpan? maxAge)
    {
        var options = (SendFileOptions)(given ?? new()).MemberwiseClone();
        options._usualMaxAge = maxAge;
        return options;
    }
}
