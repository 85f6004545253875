namespace Modular;

/// <summary>Values shown in error messages.</summary>
public static class Quoted
{
    const int Longest = 80;

    /// <summary>The text in quotes, cut when long; control characters as <c>\u000A</c>, so that it cannot become two lines of a log.</summary>
    public static string Text(string value)
    {
        var shown = value.Take(Longest).Select(c => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString());
        return $"\"{string.Concat(shown)}{(value.Length <= Longest ? "" : "…")}\"";
    }
}
