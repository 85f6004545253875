namespace Modular;

/// <summary>Reads <c>a=1&amp;b=2</c>: queries, and bodies of type <c>application/x-www-form-urlencoded</c>.</summary>
static class QueryString
{
    /// <summary>The pairs of a query; work and memory grow with its length only.</summary>
    /// <param name="raw">
    /// As sent, without the <c>?</c>. Parted by <c>&amp;</c> only; <c>+</c> is a space; bytes that are no UTF-8 become U+FFFD.
    /// </param>
    /// <param name="where">What to call the result in <see cref="MissingKeyException"/>.</param>
    /// <returns>A name without <c>=</c> has an empty value. Nothing between two <c>&amp;</c> is no pair.</returns>
    internal static MultiDict Parse(ReadOnlySpan<char> raw, string where = "Request.Args")
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var range in raw.Split('&'))
        {
            var part = raw[range];
            if (part.IsEmpty) continue;
            var name = part.IndexOf('=') is >= 0 and var equals ? part[..equals] : part;
            var value = part[Math.Min(name.Length + 1, part.Length)..];
            pairs.Add(new(Percent.Decode(name, plusIsSpace: true), Percent.Decode(value, plusIsSpace: true)));
        }
        return new MultiDict([.. pairs], where);
    }
}
