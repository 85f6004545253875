namespace AcmePluginNamespace1;

/// <summary>How visits are counted.</summary>
public sealed record VisitsOptions
{
    /// <summary>The time without a visit's page after which the next page is a new visit. Default 30 minutes.</summary>
    public TimeSpan Pause
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Pause), value, "Pause must be longer than zero.");
    } = TimeSpan.FromMinutes(30);

    /// <summary>The key of the count in the session. Default <c>visits</c>.</summary>
    public string SessionKey { get; init; } = "visits";

    internal static VisitsOptions Read(IConfigurationSection section)
    {
        var options = new VisitsOptions();
        if (section[nameof(Pause)] is { } pause) options = options with
        {
            Pause = StrictText.TryParse<TimeSpan>(pause, out var time) ? time : throw new ModularException(
                $"The setting {section.Path}:{nameof(Pause)} is \"{pause}\", which isn't a time. "
                + "Write hours, minutes and seconds: 00:30:00."),
        };
        if (section[nameof(SessionKey)] is { } key) options = options with { SessionKey = key };
        return options;
    }
}
