namespace Modular;

/// <summary>The tags of an <c>If-Match</c> or <c>If-None-Match</c> header.</summary>
sealed class ETagList
{
    readonly List<(string Tag, bool Weak)> _tags = [];

    /// <summary>True for <c>*</c>: any tag.</summary>
    internal bool IsAny { get; private set; }

    internal bool IsEmpty => !IsAny && _tags.Count == 0;

    /// <summary>The tags of one kind, in their order.</summary>
    internal IEnumerable<string> Tags(bool weak) => _tags.Where(tag => tag.Weak == weak).Select(tag => tag.Tag);

    internal bool ContainsStrong(string tag) => _tags.Contains((tag, false));

    /// <summary>True for the tag in either form, and always after <c>*</c>.</summary>
    internal bool ContainsWeakly(string tag) => IsAny || ContainsStrong(tag) || _tags.Contains((tag, true));

    /// <summary>Tags may be quoted or bare words; a comma inside quotes belongs to the tag.</summary>
    internal static ETagList Parse(ReadOnlySpan<char> header)
    {
        var list = new ETagList();
        for (var rest = header.Trim(HttpToken.Blanks); !rest.IsEmpty;)
        {
            var length = LengthOfFirst(rest);
            var item = rest[..length].Trim(HttpToken.Blanks);
            rest = length < rest.Length ? rest[(length + 1)..].TrimStart(HttpToken.Blanks) : default;
            if (item is "*")
            {
                list.IsAny = true;
                list._tags.Clear();
                break;
            }
            if (!item.IsEmpty) list._tags.Add(ETag.Unquote(item));
        }
        return list;
    }

    static int LengthOfFirst(ReadOnlySpan<char> text)
    {
        var quoted = text.StartsWith("W/", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        var from = 0;
        if (text.Length > quoted && text[quoted] == '"' && text[(quoted + 1)..].IndexOf('"') is var close and >= 0)
            from = quoted + close + 2;
        var comma = text[from..].IndexOf(',');
        return comma < 0 ? text.Length : from + comma;
    }
}
