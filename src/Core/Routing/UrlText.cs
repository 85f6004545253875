using System.Collections;

namespace Modular;

/// <summary>How a value reads in a URL: invariant text, dates and times in ISO 8601.</summary>
static class UrlText
{
    static readonly SearchValues<char> WholeNumber = SearchValues.Create("-0123456789");

    /// <summary>The text, not yet encoded.</summary>
    /// <exception cref="FormatException">The value is a list, which has no one text.</exception>
    internal static string Of(object value) => value switch
    {
        string text => text,
        IEnumerable => throw new FormatException($"a list ({value.GetType().Name}) does not fit into one place"),
        double or float => Fraction(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        IFormattable formattable => formattable.ToString(FormatOf(value), CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Writes the text percent-encoded, without a string in between where the value allows it.</summary>
    internal static void Append(ref UrlWriter writer, object value, SearchValues<char> safe, bool spaceIsPlus = false)
    {
        Span<char> buffer = stackalloc char[64];
        if (value is ISpanFormattable formattable and not (double or float)
            && formattable.TryFormat(buffer, out var length, FormatOf(value), CultureInfo.InvariantCulture))
            writer.AppendEncoded(buffer[..length], safe, spaceIsPlus);
        else writer.AppendEncoded(Of(value), safe, spaceIsPlus);
    }

    // A number with a point keeps it: "1.0", "1e+20", so that a rule for such numbers matches it, as in Flask.
    static string Fraction(string text) => text.AsSpan().ContainsAnyExcept(WholeNumber) ? text.Replace('E', 'e') : text + ".0";

    static string? FormatOf(object value) => value is DateOnly or TimeOnly or DateTime or DateTimeOffset ? "O" : null;
}
