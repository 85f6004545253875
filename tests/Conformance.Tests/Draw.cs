using System.Globalization;
using System.Text;

namespace Conformance.Tests;

/// <summary>The values for the generators.</summary>
static class Draw
{
    internal static readonly string[] Words =
    [
        "a", "ab", "abc", "abcd", "abcdef", "John Doe", "über", "世界", "a/b", "a.b", ".", "..", "a-b", "1", "0", "12", "007", "0012", "1.5", "0.5", "1.", "-1", "-1.5", "+1", "1e3", "９", "１２", "%",
        "a%b", "%2F", "", "edit", "x", "foo,bar", "about", "help", "static", "user", "me", "v1", "v", "01234567-89ab-cdef-0123-456789abcdef",
        "01234567-89AB-CDEF-0123-456789ABCDEF", "99999999999999999999", "2020-01-02", "1-2-3", "file.txt", "a.tar.gz", "pre-x-post", "pre--post", "end", "<b>", "\"'&", " ", "a b", ";", "a;b", "~", "\\",
        "a?b", "#", "ß", "é", "👍", "null", "None", "true", "a=b", "a&b", "a+b", "[x]", "a:b", "@", "!$'()*,", "e\u0301", "\u00a0",
    ];

    internal static T Of<T>(this Random random, params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    internal static bool Chance(this Random random, double share) => random.NextDouble() < share;

    internal static string Word(this Random random) => random.Of<string>(Words);

    /// <summary>Each hole <c>{}</c> filled with a word, percent-encoded more or less strictly.</summary>
    internal static string Filled(this Random random, string target)
    {
        while (target.IndexOf("{}", StringComparison.Ordinal) is >= 0 and var hole)
            target = $"{target[..hole]}{Percent(random.Word(), random.Of("", "/", "/;,'()", "/:@!$&'()*+,;="))}{target[(hole + 2)..]}";
        return target;
    }

    internal static string Percent(string text, string safe = "")
    {
        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "-_.~".Contains((char)b, StringComparison.Ordinal) || safe.Contains((char)b, StringComparison.Ordinal)) encoded.Append((char)b);
            else encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }

    internal static string Query(params IEnumerable<(string Name, string Value)> pairs) => string.Join('&', pairs.Select(pair => $"{Percent(pair.Name)}={Percent(pair.Value)}"));
}
