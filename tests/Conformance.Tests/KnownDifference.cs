namespace Conformance.Tests;

/// <summary>An intended difference from Debian's Flask 2.2, with its reason. It explains these parts of a response, and no others.</summary>
/// <param name="Name">Its subject.</param>
/// <param name="Reason">Which of the two is right, and why.</param>
/// <param name="Example">A request that shows it.</param>
/// <param name="Parts">The parts that it explains; none for an answer that is another one altogether.</param>
/// <param name="Applies">Whether this pair differs by it. It looks at both answers, so that nothing else hides behind it.</param>
sealed record KnownDifference(string Name, string Reason, RawRequest Example, string[] Parts, Func<Pair, bool> Applies)
{
    /// <summary>The names of those that explain all that differs, null when something is left.</summary>
    internal static List<string>? Of(Pair pair)
    {
        var (left, names) = (pair.Different.ToHashSet(), new List<string>());
        foreach (var known in KnownDifferences.All)
        {
            if (left.Count == 0 || (known.Parts.Length > 0 && !left.Overlaps(known.Parts)) || !known.Applies(pair)) continue;
            // A leak is never meant.
            left.RemoveWhere(part => part != "leak" && (known.Parts.Length == 0 || known.Parts.Contains(part)));
            names.Add(known.Name);
        }
        return left.Count == 0 ? names : null;
    }
}
