namespace Modular;

/// <summary>Which of an endpoint's rules is preferred: for building URLs, and as the one that others redirect to.</summary>
static class RulePreference
{
    /// <summary>Below zero when <paramref name="one"/> goes first: no alias, then more arguments, then more defaults.</summary>
    internal static int Compare(Rule one, Rule other) =>
        one.Alias != other.Alias ? one.Alias.CompareTo(other.Alias)
        : one.Arguments.Length != other.Arguments.Length ? other.Arguments.Length - one.Arguments.Length
        : other.DefaultPairs.Length - one.DefaultPairs.Length;

    /// <summary>True when <paramref name="candidate"/> takes the same arguments, gives some by default, and looks otherwise.</summary>
    internal static bool IsShorter(Rule candidate, Rule rule) =>
        !candidate.BuildOnly && candidate.DefaultPairs.Length > 0
        && candidate.Shape != rule.Shape
        && candidate.Arguments.Length == rule.Arguments.Length && candidate.Arguments.All(rule.Arguments.Contains);

    /// <summary>The first rule whose defaults are the values that were matched; null when there is none.</summary>
    internal static Rule? ShorterFor(Rule rule, string method, in RouteValues values)
    {
        foreach (var candidate in rule.Shorter)
            if (candidate.Answers(method) && HasDefaults(candidate, in values)) return candidate;
        return null;
    }

    static bool HasDefaults(Rule candidate, in RouteValues values)
    {
        foreach (var (name, value) in candidate.DefaultPairs)
            if (!SameValue.Are(value, values.Find(name))) return false;
        return true;
    }
}
