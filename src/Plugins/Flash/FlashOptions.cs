namespace Modular.Flashing;

/// <summary>How many messages may wait for a page that shows them.</summary>
public sealed record FlashOptions
{
    /// <summary>
    /// Messages that wait at most. Default 50. When one more comes, the oldest is dropped with a warning in the log, as messages nobody looks at would fill the cookie until browsers drop it with all that is in it.
    /// </summary>
    public int MaxMessages
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxMessages), value, "MaxMessages must be at least 1.");
    } = 50;

    /// <summary>Characters of all waiting messages and their categories together. Default 2048, which leaves room for the rest of the session; the oldest give way, the newest always stays.</summary>
    public int MaxCharacters
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(MaxCharacters), value, "MaxCharacters must be at least 1.");
    } = 2048;
}
