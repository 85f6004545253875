using Microsoft.Net.Http.Headers;

namespace Modular;

/// <summary>What an Accept header is about: media types with wildcards and parameters, or language tags.</summary>
enum AcceptKind { MediaType, Language }

/// <summary>What a client would like to get, as its <c>Accept</c> or <c>Accept-Language</c> header says: RFC 9110 §12.5.</summary>
public sealed class AcceptHeader
{
    readonly AcceptKind _kind;

    AcceptHeader(AcceptKind kind, IEnumerable<(string Value, double Quality)> items)
    {
        _kind = kind;
        Items = [.. items.OrderByDescending(item => Specificity(item.Value)).ThenByDescending(item => item.Quality)];
    }

    /// <summary>The wishes, the most specific first, then the most wanted, then as sent. One with a broken <c>q</c> is left out.</summary>
    internal (string Value, double Quality)[] Items { get; }

    /// <summary>The offer that the client likes best, or null when it accepts none of them.</summary>
    /// <param name="offers">As <c>application/json</c>. Of two that are equally welcome the more specific wins, then the first.</param>
    /// <example><code>if (request.Accept.Best("application/json", "text/html") == "text/html") …</code></example>
    public string? Best(params ReadOnlySpan<string> offers)
    {
        var all = offers.ToArray();
        return BestOf(all) ?? (_kind == AcceptKind.Language ? BestLanguage(all) : null);
    }

    internal static AcceptHeader Parse(string? header, AcceptKind kind) =>
        new(kind, HeaderList.Parse(header).Select(Wish).Where(wish => wish.Quality is >= 0 and <= 1));

    /// <summary>The wish that decides about an offer; its quality is 0 when there is none.</summary>
    internal (string Value, double Quality) Find(string offer) => Array.Find(Items, item => Matches(offer, item.Value));

    string? BestOf(IEnumerable<string> offers) => offers.Select(offer => (Offer: offer, Wish: Find(offer)))
        .Where(found => found.Wish.Quality > 0)
        .OrderByDescending(found => found.Wish.Quality).ThenByDescending(found => Specificity(found.Wish.Value)).FirstOrDefault().Offer;

    // A client that wants "en-GB" takes "en", and one that wants "en" takes "en-GB".
    string? BestLanguage(string[] offers) =>
        new AcceptHeader(_kind, Items.Select(item => item with { Value = Family(item.Value) })).BestOf(offers)
        ?? (BestOf(offers.Select(Family)) is { } family ? Array.Find(offers, offer => Family(offer) == family) : null);

    // Larger for what says more: "text/html; level=1", "text/html", "text/*", "*/*".
    int Specificity(string value) => _kind == AcceptKind.Language ? value == "*" ? 0 : 1
        : !MediaTypeHeaderValue.TryParse(value, out var type) || type.MatchesAllTypes ? 0
        : (type.MatchesAllSubTypes ? 1000 : 2000) + type.Parameters.Count;

    bool Matches(string offer, string wish) => _kind == AcceptKind.Language
        ? wish == "*" || string.Equals(wish.Replace('_', '-'), offer.Replace('_', '-'), StringComparison.OrdinalIgnoreCase)
        : MediaTypeHeaderValue.TryParse(wish, out var range) && MediaTypeHeaderValue.TryParse(offer, out var type)
            && type.IsSubsetOf(range);

    static string Family(string tag) => tag.Split('-', '_')[0];

    // A media type's parameters belong to it; a quality that is no number is -1.
    static (string Value, double Quality) Wish(string text)
    {
        var (value, options) = HeaderOptions.Parse(text);
        var quality = 1.0;
        if (options.Remove("q", out var wish)
            && !double.TryParse(wish, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality)) quality = -1;
        return (string.Concat([value, .. options.Select(option => $"; {option.Key}={Written(option.Value)}")]), quality);
    }

    static string Written(string value) => HttpToken.IsToken(value) ? value
        : $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
