using System.Text.RegularExpressions;

namespace Microblog;

/// <summary>A post's text as HTML: all text is escaped, and names and URLs become links.</summary>
static class RichText
{
    // Non-backtracking, so the time is linear in the length of any text.
    static readonly Regex Links = new("""(?<name>@[A-Za-z0-9_]{2,30})|(?<address>https?://[^\s<>"']+)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    internal static Markup Of(string text)
    {
        var pieces = new List<object?>();
        var done = 0;
        foreach (Match match in Links.Matches(text))
        {
            if (Link(text, match) is not { } link) continue;
            pieces.Add(text[done..match.Index]);
            pieces.Add(link.Html);
            done = match.Index + link.Length;
        }
        pieces.Add(text[done..]);
        return Markup.Empty.Join(pieces);
    }

    static (Markup Html, int Length)? Link(string text, Match match)
    {
        if (match.Groups["address"].Success) return Address(match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')'));
        var isInWord = match.Index > 0 && (char.IsLetterOrDigit(text[match.Index - 1]) || text[match.Index - 1] is '_' or '.' or '/');
        return isInWord ? null : (Html($"<a href=\"{UrlFor("people.profile", ("name", match.Value[1..]))}\">{match.Value}</a>"), match.Length);
    }

    static (Markup, int)? Address(string address) => Uri.TryCreate(address, UriKind.Absolute, out _)
        ? (Html($"<a href=\"{address}\" rel=\"nofollow noopener ugc\">{address}</a>"), address.Length) : null;
}
