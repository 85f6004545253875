namespace Toy.Visits;

/// <summary>How visits are counted.</summary>
public sealed record VisitsOptions
{
    /// <summary>The cookie with a visitor's count.</summary>
    public string CookieName { get; init; } = "visits";

    /// <summary>Where the totals can be read. Default <c>/visits</c>.</summary>
    public string Url { get; init; } = "/visits";

    /// <summary>The total to start from, read when the application starts. Default: 0.</summary>
    public Func<CancellationToken, ValueTask<int>> LoadTotal { get; init; } = _ => new(0);

    /// <summary>Finds a visitor by the number in the cookie <c>visitor</c>. Null: not known.</summary>
    public Func<string, ValueTask<Visitor?>> FindVisitor { get; init; } = _ => default;
}
