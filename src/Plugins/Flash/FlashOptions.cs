namespace Modular.Flashing;

/// <summary>How many messages can wait for a page that shows them.</summary>
public sealed record FlashOptions
{
    /// <summary>
    /// The maximum number of waiting messages. Default 50. One more message drops the oldest and logs a warning. Without a limit, unread
    /// messages would fill the cookie until browsers reject it.
    /// </summary>
    public int MaxMessages
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxMessages), value, "MaxMessages must be at least 1.");
    } = 50;

    /// <summary>
    /// The maximum total length of the waiting messages and their categories, in characters. Default 2048, which leaves space for the rest
    /// of the session. The oldest messages are dropped; the newest is always kept.
    /// </summary>
    public int MaxCharacters
    {
        get;
        init => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxCharacters), value, "MaxCharacters must be at least 1.");
    } = 2048;
}
