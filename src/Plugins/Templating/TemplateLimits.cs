namespace Modular.Templating;

/// <summary>How much one page may cost. For mistakes, and for hostile values; templates themselves are trusted.</summary>
public sealed record TemplateLimits
{
    /// <summary>Characters of a page, with what is captured on the way. Default 16 Mi.</summary>
    public int MaxOutput { get; init => field = AtLeastOne(value, nameof(MaxOutput)); } = 16 * 1024 * 1024;

    /// <summary>Turns of all loops of a page together. Default 1,000,000.</summary>
    public int MaxIterations { get; init => field = AtLeastOne(value, nameof(MaxIterations)); } = 1_000_000;

    /// <summary>Templates inside of templates: includes, partials, layouts. Default 50.</summary>
    public int MaxDepth { get; init => field = AtLeastOne(value, nameof(MaxDepth)); } = 50;

    /// <summary>How long a page may take. Default 30 seconds; null for as long as the client waits.</summary>
    public TimeSpan? MaxTime
    {
        get;
        init => field = value is null || value > TimeSpan.Zero ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTime), value, "MaxTime must be longer than nothing.");
    } = TimeSpan.FromSeconds(30);

    static int AtLeastOne(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
