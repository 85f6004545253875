namespace Toy.Visits;

/// <summary>Who is visiting.</summary>
/// <param name="Name">For greetings.</param>
public sealed record Visitor(string Name)
{
    /// <summary>A new visitor.</summary>
    public static Visitor Unknown { get; } = new("stranger");
}

/// <summary>A visitor's number, as rules give it: <c>&lt;visitor:id&gt;</c> takes <c>v7</c>.</summary>
/// <param name="Number">Without the letter.</param>
public sealed record VisitorId(int Number);
