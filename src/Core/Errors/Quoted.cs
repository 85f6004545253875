namespace Modular;

/// <summary>Values shown in error messages.</summary>
public static class Quoted
{
    const int Longest = 80;

    /// <summary>The text in quotes, cut when long; control characters as <c>\u000A</c>, so that it stays on one line in a log.</summary>
    public static string Text(string value)
    {
        var shown = value.Take(Longest).Select(c => char.IsControl(c) ? FormattableString.Invariant($"\\u{(int)c:X4}") : c.ToString());
        return $"\"{string.Concat(shown)}{(value.Length <= Longest ? "" : "…")}\"";
    }
}
