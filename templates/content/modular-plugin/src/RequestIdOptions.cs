namespace Acme.Plugin1;

/// <summary>The options for request ids.</summary>
public sealed record RequestIdOptions
{
    /// <summary>The header that an id is read from and sent in. Default <c>X-Request-ID</c>.</summary>
    public string Header { get; init; } = "X-Request-ID";
}
