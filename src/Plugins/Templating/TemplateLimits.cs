namespace Modular.Templating;

/// <summary>The limits of one page. They protect against mistakes and hostile values. Templates themselves are trusted.</summary>
public sealed record TemplateLimits
{
    /// <summary>The maximum length of a page in characters, including captured text. Default 16 Mi.</summary>
    public int MaxOutput { get; init => field = AtLeastOne(value, nameof(MaxOutput)); } = 16 * 1024 * 1024;

    /// <summary>The maximum number of iterations of all loops of a page together. Default 1,000,000.</summary>
    public int MaxIterations { get; init => field = AtLeastOne(value, nameof(MaxIterations)); } = 1_000_000;

    /// <summary>The maximum nesting of templates: includes, partials, layouts. Default 50.</summary>
    public int MaxDepth { get; init => field = AtLeastOne(value, nameof(MaxDepth)); } = 50;

    /// <summary>The maximum time to render a page. Default 30 seconds. Null: as long as the client waits.</summary>
    public TimeSpan? MaxTime
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTime), value, "MaxTime must be greater than zero.");
    } = TimeSpan.FromSeconds(30);

    static int AtLeastOne(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
