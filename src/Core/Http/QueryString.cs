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
        var pairs = new KeyValuePair<string, string>[Count(raw)];
        var index = 0;
        foreach (var range in raw.Split('&'))
        {
            var part = raw[range];
            if (!part.IsEmpty) pairs[index++] = Pair(part);
        }
        return new MultiDict(pairs, where);
    }

    static int Count(ReadOnlySpan<char> raw)
    {
        var count = 0;
        foreach (var range in raw.Split('&'))
            if (!raw[range].IsEmpty) count++;
        return count;
    }

    static KeyValuePair<string, string> Pair(ReadOnlySpan<char> part)
    {
        var equals = part.IndexOf('=');
        return equals < 0
            ? new(Percent.Decode(part, plusIsSpace: true), "")
            : new(Percent.Decode(part[..equals], plusIsSpace: true), Percent.Decode(part[(equals + 1)..], plusIsSpace: true));
    }
}
