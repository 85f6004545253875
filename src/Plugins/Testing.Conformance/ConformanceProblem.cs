namespace Modular.Testing.Conformance;

/// <summary>A promise that isn't kept.</summary>
/// <param name="Check">The name of the check.</param>
/// <param name="Tried">What the check did.</param>
/// <param name="Seen">What happened.</param>
/// <param name="Remedy">What to change, in one or two sentences.</param>
public sealed record ConformanceProblem(string Check, string Tried, string Seen, string Remedy)
{
    /// <summary>The problem as one paragraph.</summary>
    public override string ToString() => $"{Check}. Tried: {Tried}. Seen: {Seen}. {Remedy}";
}
