namespace Modular;

/// <summary>Finds the name that the user probably meant, for error messages.</summary>
public static class Suggest
{
    /// <summary>The candidate nearest to <paramref name="name"/>, or null when none is near enough.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates) => candidates
        .Where(candidate => Distance(name, candidate) <= Math.Max(1, name.Length / 3)).MinBy(candidate => Distance(name, candidate));

    /// <summary><c> Did you mean "index"?</c> with its leading blank, or nothing.</summary>
    public static string DidYouMean(string name, IEnumerable<string> candidates) =>
        Nearest(name, candidates) is { } near ? $" Did you mean \"{near}\"?" : "";

    internal static bool IsTypo(string name, string candidate) => name != candidate && Distance(name, candidate) <= 1;

    // Edit distance in which swapping two neighbours ("idnex") counts as one mistake. Letter case doesn't count.
    static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var same = Same(a[i - 1], b[j - 1]);
                var cost = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    cost = Math.Min(cost, rows[i - 2, j - 2] + 1);
                rows[i, j] = cost;
            }
        return rows[a.Length, b.Length];
    }

    static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
