namespace Modular;

/// <summary>The characters of names in HTTP, RFC 9110 §5.6.2: of headers, of cookies, and of values that need no quotes.</summary>
static class HttpToken
{
    internal static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>What may stand around names and values and does not belong to them: RFC 9110 §5.6.3 knows no other blanks.</summary>
    internal const string Blanks = " \t";

    internal static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Characters);
}
