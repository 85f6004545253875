using System.Text.RegularExpressions;

namespace Modular.Cli;

/// <summary>Decides which settings are masked. In doubt, a setting is masked.</summary>
static class Secrets
{
    static readonly string[] Words =
        ["secret", "password", "passwd", "passphrase", "pwd", "token", "credential", "connectionstring", "authorization", "signature",
            "salt", "cookie", "private", "certificate", "dsn"];

    static readonly string[] InValues = ["password=", "pwd=", "accountkey=", "sharedaccesskey=", "secret=", "-----begin"];

    internal static bool IsOne(string name, string? value) => !string.IsNullOrEmpty(value)
        && (IsKey(name) || Words.Any(word => Plain(name).Contains(word, StringComparison.Ordinal)) || HoldsOne(value));

    // The whole word: "SecretKey", "Stripe:ApiKey", "aws_access_key_id", but not "Keyboard:Layout".
    static bool IsKey(string name) =>
        Regex.Split(name, "[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
            .Any(word => word.ToLowerInvariant() is "key" or "keys" or "apikey" or "secretkey" or "accesskey");

    // A connection string, a key's file, or a URL with a password: "redis://:secret@host".
    static bool HoldsOne(string value) =>
        InValues.Any(word => value.Replace(" ", "", StringComparison.Ordinal).Contains(word, StringComparison.OrdinalIgnoreCase))
        || value.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0
            && value[(scheme + 3)..].Split('/', '?')[0] is var authority && authority.Contains('@')
                && authority[..authority.LastIndexOf('@')].Contains(':');

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
