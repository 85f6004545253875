using System.Security.Cryptography;

namespace Modular;

/// <summary>Entity tags: <c>"abc"</c> is strong, <c>W/"abc"</c> is weak. RFC 9110 §8.8.3.</summary>
static class ETag
{
    /// <summary>The header's form of a tag.</summary>
    /// <exception cref="ModularException">The tag holds a quote.</exception>
    internal static string Quote(string tag, bool weak = false) =>
        tag.Contains('"')
            ? throw new ModularException($"The ETag {Quoted.Text(tag)} cannot be quoted. Use letters, digits and dashes, such as a hash in hexadecimal.")
            : weak ? $"W/\"{tag}\"" : $"\"{tag}\"";

    /// <summary>The tag without its quotes, and whether it is weak. A bare word is a strong tag.</summary>
    internal static (string Tag, bool Weak) Unquote(ReadOnlySpan<char> header)
    {
        header = header.Trim(HttpToken.Blanks);
        var weak = header.StartsWith("W/", StringComparison.OrdinalIgnoreCase);
        if (weak) header = header[2..];
        if (header is ['"', .. var inner, '"']) header = inner;
        return (header.ToString(), weak);
    }

    /// <summary>A tag made from the bytes themselves: their SHA-256.</summary>
    internal static string Of(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
