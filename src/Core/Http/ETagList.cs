using System.Security.Cryptography;

namespace Modular;

/// <summary>Entity tags, RFC 9110 §8.8.3: <c>"abc"</c> is strong, <c>W/"abc"</c> is weak. Those of an <c>If-Match</c> or <c>If-None-Match</c> header.</summary>
sealed class ETagList
{
    readonly List<(string Tag, bool Weak)> _tags = [];

    /// <summary>True for <c>*</c>: any tag.</summary>
    internal bool IsAny { get; private set; }

    internal bool IsEmpty => !IsAny && _tags.Count == 0;

    /// <summary>The only tag of an <c>ETag</c> header; null when it has none.</summary>
    internal (string Tag, bool Weak)? First => _tags.Count > 0 ? _tags[0] : null;

    /// <summary>The tags of one kind, in their order.</summary>
    internal IEnumerable<string> Tags(bool weak) => _tags.Where(tag => tag.Weak == weak).Select(tag => tag.Tag);

    internal bool ContainsStrong(string tag) => _tags.Contains((tag, false));

    /// <summary>True for the tag in either form, and always after <c>*</c>.</summary>
    internal bool ContainsWeakly(string tag) => IsAny || ContainsStrong(tag) || _tags.Contains((tag, true));

    /// <summary>A comma inside quotes belongs to the tag.</summary>
    internal static ETagList Parse(string? header)
    {
        var list = new ETagList();
        for (var rest = header.AsSpan().TrimStart(HttpToken.Blanks); !rest.IsEmpty; rest = rest.TrimStart(HttpToken.Blanks))
        {
            var weak = rest.StartsWith("W/", StringComparison.OrdinalIgnoreCase);
            if (weak) rest = rest[2..];
            // EntityTagHeaderValue takes no bare word: http_functions.json parse_etags "a".
            var quoted = rest is ['"', ..] && rest[1..].IndexOf('"') is >= 0 and var close ? close + 2 : 0;
            var length = rest[quoted..].IndexOf(',') is >= 0 and var comma ? quoted + comma : rest.Length;
            var tag = rest[..length].TrimEnd(HttpToken.Blanks);
            rest = rest[Math.Min(length + 1, rest.Length)..];
            if (tag is "*" && !weak) return new() { IsAny = true };
            if (!tag.IsEmpty) list._tags.Add(((tag is ['"', .. var inner, '"'] ? inner : tag).ToString(), weak));
        }
        return list;
    }

    /// <summary>The header's form of a tag.</summary>
    /// <exception cref="ModularException">The tag holds a quote.</exception>
    internal static string Quote(string tag, bool weak = false) =>
        tag.Contains('"')
            ? throw new ModularException($"The ETag {Quoted.Text(tag)} cannot be quoted. Use letters, digits and dashes, such as a hash in hexadecimal.")
            : weak ? $"W/\"{tag}\"" : $"\"{tag}\"";

    /// <summary>A tag made from the bytes themselves: their SHA-256.</summary>
    internal static string Of(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
