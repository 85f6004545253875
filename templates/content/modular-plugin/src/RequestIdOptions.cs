namespace Acme.Plugin1;

/// <summary>How requests get their ids.</summary>
public sealed record RequestIdOptions
{
    /// <summary>The header that an id comes in and goes out by. Default <c>X-Request-ID</c>.</summary>
    public string Header { get; init; } = "X-Request-ID";
}
