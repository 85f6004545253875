namespace Modular.Login;

/// <summary>How many log-in attempts may fail before visitors have to wait.</summary>
/// <remarks>The counts are in the memory of one instance.</remarks>
public sealed record ThrottleOptions
{
    /// <summary>The failed attempts for one user name without a delay. Default 5.</summary>
    public int FreePerName { get; init => field = AtLeastOne(value, nameof(FreePerName)); } = 5;

    /// <summary>
    /// True: the attempts for a name are counted for each address, so that a user can't be made to wait from elsewhere. An attack on one
    /// name from many addresses isn't slowed down then. Default false.
    /// </summary>
    public bool NamesByAddress { get; init; }

    /// <summary>
    /// The failed attempts from one address without a delay. Default 50, because many users can share an address. For IPv6, the first 64
    /// bits count.
    /// </summary>
    public int FreePerAddress { get; init => field = AtLeastOne(value, nameof(FreePerAddress)); } = 50;

    /// <summary>The first delay. Each attempt that fails after it doubles the delay. Default one second.</summary>
    public TimeSpan FirstDelay { get; init => field = Positive(value, nameof(FirstDelay)); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay. Default 15 minutes.</summary>
    public TimeSpan MaxDelay { get; init => field = Positive(value, nameof(MaxDelay)); } = TimeSpan.FromMinutes(15);

    /// <summary>A count is forgotten this long after the last attempt. Default one hour.</summary>
    public TimeSpan ForgetAfter { get; init => field = Positive(value, nameof(ForgetAfter)); } = TimeSpan.FromHours(1);

    /// <summary>
    /// The maximum number of counts in memory. Default 100,000. Above it, the counts with the fewest attempts are forgotten first.
    /// </summary>
    public int MaxEntries { get; init => field = AtLeastOne(value, nameof(MaxEntries)); } = 100_000;

    static int AtLeastOne(int value, string name) => value > 0 ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");

    static TimeSpan Positive(TimeSpan value, string name) => value > TimeSpan.Zero ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be greater than zero.");
}
