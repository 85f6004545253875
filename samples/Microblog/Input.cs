using System.Globalization;

namespace Microblog;

/// <summary>What visitors wrote, made fit to keep, and what is wrong with it.</summary>
static class Input
{
    internal const int MaxText = 500, MaxName = 30, MaxDisplayName = 50, MaxBio = 200, MaxAlt = 300, MinPassword = 10, MaxPassword = 200;

    /// <summary>Line ends of one kind, no control characters, and none that turn the direction of what follows.</summary>
    internal static string Clean(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !(char.IsControl(c) || IsTurning(c)))).Trim();

    /// <summary>The same in a single line.</summary>
    internal static string CleanLine(string text) => Clean(text).Replace('\n', ' ').Replace('\t', ' ');

    internal static string? ProblemOfName(string name) =>
        name.Length is < 2 or > MaxName ? $"A name has 2 to {MaxName} characters."
        : name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? null : "A name is made of the letters a to z, digits and underscores.";

    internal static string? ProblemOfDisplayName(string name) =>
        name.Length > MaxDisplayName ? $"Please use {MaxDisplayName} characters at most; these are {name.Length}."
        : name.Length == 0 || !name.Any(c => char.IsLetterOrDigit(c) || char.IsSymbol(c) || char.IsPunctuation(c) || char.IsSurrogate(c)) ? "Please write a name that can be seen." : null;

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
        : hasPicture && alt.Length == 0 ? "Say what the picture shows, for those who cannot see it, and choose it again." : null;

    static bool IsTurning(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format && c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}

/// <summary>What is wrong with which field. Templates show each beside its field.</summary>
sealed class Problems : Dictionary<string, object?>
{
    /// <summary>Notes a problem; null is none.</summary>
    internal Problems Note(string field, string? problem)
    {
        if (problem is not null) TryAdd(field, problem);
        return this;
    }

    internal bool Any => Count > 0;
}
