namespace Modular.Logging.Tests;

/// <summary>A clock that a test moves.</summary>
sealed class Clock : TimeProvider
{
    TimeSpan _passed;

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-7), "test", "test");

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2000, 10, 10, 20, 55, 36, TimeSpan.Zero) + _passed;

    internal void Pass(double milliseconds) => _passed += TimeSpan.FromMilliseconds(milliseconds);
}
