using System.Collections.Frozen;
using System.Text;

namespace Modular.Templating.Jinja;

/// <summary>Upper and lower case as in Python, where a letter can become several.</summary>
/// <remarks>From the file SpecialCasing.txt of Unicode: the mappings that depend on no language.</remarks>
static class Casing
{
    const char Sigma = '\u03A3';
    const char FinalSigma = '\u03C2';

    static readonly FrozenDictionary<char, string> Uppers = new Dictionary<char, string>
    {
        ['\u00DF'] = "SS", ['\u0149'] = "\u02BCN", ['\u01F0'] = "J\u030C", ['\u0390'] = "\u0399\u0308\u0301",
        ['\u03B0'] = "\u03A5\u0308\u0301",
        ['\u0587'] = "\u0535\u0552", ['\u1E96'] = "H\u0331", ['\u1E97'] = "T\u0308", ['\u1E98'] = "W\u030A", ['\u1E99'] = "Y\u030A",
        ['\u1E9A'] = "A\u02BE",
        ['\uFB00'] = "FF", ['\uFB01'] = "FI", ['\uFB02'] = "FL", ['\uFB03'] = "FFI", ['\uFB04'] = "FFL", ['\uFB05'] = "ST",
        ['\uFB06'] = "ST",
        ['\uFB13'] = "\u0544\u0546", ['\uFB14'] = "\u0544\u0535", ['\uFB15'] = "\u0544\u053B", ['\uFB16'] = "\u054E\u0546",
        ['\uFB17'] = "\u0544\u053D",
    }.ToFrozenDictionary();

    internal static string Upper(string text)
    {
        var upper = text.ToUpperInvariant();
        if (System.Text.Ascii.IsValid(upper)) return upper;
        var builder = new StringBuilder(upper.Length);
        foreach (var c in upper)
            if (Uppers.TryGetValue(c, out var several)) builder.Append(several);
            else builder.Append(c);
        return builder.ToString();
    }

    /// <summary>The first letter of a title, where only one of several letters is in upper case.</summary>
    internal static string Title(string letter)
    {
        var upper = Upper(letter);
        return letter.Length == 1 && Uppers.ContainsKey(letter[0]) && char.IsLetter(upper[0]) ? upper[0] + Lower(upper[1..]) : upper;
    }

    internal static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (System.Text.Ascii.IsValid(lower)) return lower;
        if (text.Contains('\u0130', StringComparison.Ordinal)) lower = lower.Replace("\u0130", "i\u0307", StringComparison.Ordinal);
        return text.Contains(Sigma, StringComparison.Ordinal) && lower.Length == text.Length ? WithFinalSigma(text, lower) : lower;
    }

    // A sigma that ends a word has a form of its own.
    static string WithFinalSigma(string text, string lower)
    {
        var letters = lower.ToCharArray();
        for (var i = 0; i < text.Length; i++)
            if (text[i] == Sigma && i > 0 && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1])))
                letters[i] = FinalSigma;
        return new(letters);
    }
}
