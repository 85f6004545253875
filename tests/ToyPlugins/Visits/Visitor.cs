namespace Toy.Visits;

/// <summary>The current visitor.</summary>
/// <param name="Name">For greetings.</param>
public sealed record Visitor(string Name)
{
    /// <summary>A new visitor.</summary>
    public static Visitor Unknown { get; } = new("stranger");
}

/// <summary>A visitor's number in rules: <c>&lt;visitor:id&gt;</c> matches <c>v7</c>.</summary>
/// <param name="Number">Without the letter.</param>
public sealed record VisitorId(int Number);
