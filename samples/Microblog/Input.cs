using System.Globalization;

namespace Microblog;

/// <summary>Cleans and checks the input of visitors.</summary>
static class Input
{
    internal const int MaxText = 500, MaxName = 30, MaxDisplayName = 50, MaxBio = 200, MaxAlt = 300, MinPassword = 10, MaxPassword = 200;

    /// <summary>Normalizes line ends, and removes control characters and bidirectional marks.</summary>
    internal static string Clean(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !(char.IsControl(c) || IsTurning(c)))).Trim();

    /// <summary>The same for a single line.</summary>
    internal static string CleanLine(string text) => Clean(text).Replace('\n', ' ').Replace('\t', ' ');

    internal static string? ProblemOfName(string name) =>
        name.Length is < 2 or > MaxName ? $"A name has 2 to {MaxName} characters."
        : name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? null : "A name can contain the letters a to z, digits and underscores.";

    internal static string? ProblemOfDisplayName(string name) =>
        name.Length > MaxDisplayName ? $"Please use {MaxDisplayName} characters at most; these are {name.Length}."
        : name.Length == 0 || !name.Any(c => char.IsLetterOrDigit(c) || char.IsSymbol(c) || char.IsPunctuation(c) || char.IsSurrogate(c)) ? "Please write a name with visible characters." : null;

    internal static string? ProblemOfBio(string bio) => bio.Length > MaxBio ? $"Please use {MaxBio} characters at most; these are {bio.Length}." : null;

    internal static string? ProblemOfPassword(string password, string name) =>
        password.Length < MinPassword ? $"A password has at least {MinPassword} characters."
        : password.Length > MaxPassword ? $"A password has at most {MaxPassword} characters."
        : password.Contains(name, StringComparison.OrdinalIgnoreCase) && name.Length > 0 ? "A password must not contain the name." : null;

    internal static string? ProblemOfText(string text, bool hasPicture) =>
        text.Length > MaxText ? $"A post has at most {MaxText} characters; these are {text.Length}."
        : text.Length == 0 && !hasPicture ? "Write something, or choose a picture." : null;

    internal static string? ProblemOfAlt(string alt, bool hasPicture) =>
        alt.Length > MaxAlt ? $"Please use {MaxAlt} characters at most; these are {alt.Length}."
        : hasPicture && alt.Length == 0 ? "Describe the picture for people who can't see it, and choose it again." : null;

    static bool IsTurning(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format && c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}

/// <summary>The problems by field. Templates show each problem beside its field.</summary>
sealed class Problems : Dictionary<string, object?>
{
    /// <summary>Adds a problem. Null adds none.</summary>
    internal Problems Note(string field, string? problem)
    {
        if (problem is not null) TryAdd(field, problem);
        return this;
    }

    internal bool Any => Count > 0;
}
