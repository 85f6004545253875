namespace Modular.Sessions.Tests;

/// <summary>A clock that a test moves.</summary>
sealed class ManualClock : TimeProvider
{
    /// <summary>The time at which the vectors were created.</summary>
    internal static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1_300_000_000);

    internal DateTimeOffset Now { get; set; } = Then;

    public override DateTimeOffset GetUtcNow() => Now;
}
