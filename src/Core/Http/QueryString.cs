namespace Modular;

static class QueryString
{
    /// <param name="raw">With its <c>?</c>. Only <c>&amp;</c> separates pairs; invalid UTF-8 becomes U+FFFD.</param>
    internal static MultiDict Parse(string? raw, string where = "Request.Args")
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(raw))
            pairs.Add(new(Percent.Decode(pair.EncodedName.Span, true), Percent.Decode(pair.EncodedValue.Span, plusIsSpace: true)));
        return new([.. pairs], where);
    }
}

/// <summary>The 415 of a form that the application uses and that no plugin reads.</summary>
sealed class UnreadFormException() : HttpException(415);
