namespace Toy.Audit;

/// <summary>What is recorded, and where.</summary>
public sealed record AuditOptions
{
    /// <summary>Receives each line. Null: the application's log.</summary>
    public Action<string>? Write { get; init; }

    /// <summary>The part of the application that only regular visitors may see. Null: none.</summary>
    public Blueprint? Regulars { get; init; }

    /// <summary>Visits that make a visitor a regular. Default 3.</summary>
    public int RegularFrom
    {
        get;
        init => field = value > 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(RegularFrom), value, "RegularFrom must be at least 1 visit.");
    } = 3;
}
