namespace Modular;

/// <summary>Values shown in error messages.</summary>
public static class Quoted
{
    const int Longest = 80;

    /// <summary>The text in quotes; control characters as <c>\u000A</c>, so that a value cannot become two lines of a log; cut when long.</summary>
    public static string Text(string value)
    {
        var shown = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value.Length <= Longest ? value : value[..Longest])
            if (char.IsControl(c)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else shown.Append(c);
        return shown.Append(value.Length <= Longest ? "\"" : "…\"").ToString();
    }
}
