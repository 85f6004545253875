namespace Modular.Debugger;

/// <summary>Decides which values are masked on the page and in copied reports. In doubt, a value is masked.</summary>
/// <param name="further">Additional parts of names.</param>
sealed class Masking(IReadOnlyList<string> further)
{
    /// <summary>A fixed number of stars, so that the length is hidden.</summary>
    internal const string Stars = "********";

    static readonly string[] Words =
    [
        "secret", "password", "passwd", "passphrase", "passcode", "pwd", "token", "credential", "connectionstring", "authorization",
            "signature", "salt", "cookie", "private", "certificate", "dsn",
        "csrf", "xsrf", "antiforgery", "jwt", "bearer", "otp", "cvv", "iban", "cardnumber",
    ];

    static readonly string[] InValues = ["password=", "pwd=", "accountkey=", "sharedaccesskey=", "secret=", "-----begin"];

    /// <summary>The value, or stars.</summary>
    internal string Show(string name, string value) => Hides(name, value) ? Stars : value;

    internal bool Hides(string name, string? value) => HidesName(name) || value is not null && HoldsSecret(value);

    internal bool HidesName(string name)
    {
        var plain = Plain(name);
        return Words.Any(word => plain.Contains(word, StringComparison.Ordinal)) || IsKey(name)
            || further.Any(word => word.Length > 0 && name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True for a session cookie, or for a long cookie, which is often a credential.</summary>
    internal bool HidesCookie(string name, string value) => Hides(name, value) || value.Length >= 24 || Plain(name) is var plain
        && (plain.Contains("session", StringComparison.Ordinal) || plain.Contains("auth", StringComparison.Ordinal)
            || plain.EndsWith("sid", StringComparison.Ordinal) || plain.Contains("modulardebugger", StringComparison.Ordinal));

    // The whole word: "SecretKey", "Stripe:ApiKey", "X-Api-Key", but not "Keyboard:Layout".
    static bool IsKey(string name)
    {
        var start = 0;
        for (var end = 1; end <= name.Length; end++)
        {
            if (end < name.Length && char.IsAsciiLetter(name[end])
                && !(char.IsAsciiLetterUpper(name[end]) && char.IsAsciiLetterLower(name[end - 1]))) continue;
            if (name[start..end].Trim('_', '-', '.', ':', ' ')
                .ToLowerInvariant() is "key" or "pin" or "apikey" or "secretkey" or "accesskey" or "pin" or "pass" or "auth") return true;
            start = end;
        }
        return false;
    }

    // A connection string, a key's file, or a URL with a password: "redis://:secret@host".
    static bool HoldsSecret(string value) =>
        InValues.Any(word => value.Replace(" ", "", StringComparison.Ordinal).Contains(word, StringComparison.OrdinalIgnoreCase))
        || value.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0
            && value[(scheme + 3)..].Split('/', '?')[0] is var authority && authority.Contains('@')
                && authority[..authority.LastIndexOf('@')].Contains(':');

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
