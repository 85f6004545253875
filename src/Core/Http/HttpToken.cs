using System.Buffers;

namespace Modular;

/// <summary>The characters of names in HTTP, RFC 9110 §5.6.2: of headers, of cookies, and of values that need no quotes.</summary>
static class HttpToken
{
    static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    internal static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Characters);
}
