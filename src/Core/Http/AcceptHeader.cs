namespace Modular;

/// <summary>The client's preferences in an <c>Accept</c> or <c>Accept-Language</c> header: RFC 9110 §12.5.</summary>
public sealed class AcceptHeader
{
    readonly bool _isOfLanguages;
    readonly Wish[] _wishes;      // the most specific first, then the most wanted, then as sent

    AcceptHeader(bool isOfLanguages, IEnumerable<Wish> wishes)
    {
        _isOfLanguages = isOfLanguages;
        _wishes = [.. wishes.OrderByDescending(wish => Specificity(wish.Value)).ThenByDescending(wish => wish.Quality)];
    }

    /// <summary>The offer that the client prefers, or null when it accepts none.</summary>
    /// <param name="offers">As <c>application/json</c>. Of two with equal preference the more specific one wins, then the first.</param>
    public string? Best(params ReadOnlySpan<string> offers)
    {
        var all = offers.ToArray();
        return BestOf(all) ?? (_isOfLanguages ? BestOfFamilies(all) : null);
    }

    // An entry whose quality isn't a number up to 1 is left out.
    internal static AcceptHeader OfTypes(StringValues header) => new(false,
        from type in MediaTypeHeaderValue.TryParseList(header, out var types) ? types : []
        where type.Quality is not null || !type.Parameters.Any(IsQuality)
        select new Wish(type.ToString(), type.Quality ?? 1));

    internal static AcceptHeader OfLanguages(StringValues header) => new(true,
        from tag in StringWithQualityHeaderValue.TryParseList(header, out var tags) ? tags : []
        select new Wish(tag.Value.ToString(), tag.Quality ?? 1));

    string? BestOf(IEnumerable<string> offers) => offers.Where(offer => Find(offer).Quality > 0)
        .OrderByDescending(offer => Find(offer).Quality).ThenByDescending(offer => Specificity(Find(offer).Value)).FirstOrDefault();

    Wish Find(string offer) => Array.Find(_wishes, wish => Matches(offer, wish.Value)) ?? new("*", 0);

    // A client that wants "en-GB" takes "en", and one that wants "en" takes "en-GB".
    string? BestOfFamilies(string[] offers) =>
        new AcceptHeader(true, _wishes.Select(wish => wish with { Value = Family(wish.Value) })).BestOf(offers)
        ?? (BestOf(offers.Select(Family)) is { } family ? Array.Find(offers, offer => Family(offer) == family) : null);

    // Larger for the more specific: "text/html; level=1", "text/html", "text/*", "*/*".
    int Specificity(string value) => _isOfLanguages ? value == "*" ? 0 : 1
        : MediaTypeHeaderValue.Parse(value) is not { MatchesAllTypes: false } type ? 0
        : (type.MatchesAllSubTypes ? 1000 : 2000) + type.Parameters.TakeWhile(parameter => !IsQuality(parameter)).Count();

    bool Matches(string offer, string wish) => _isOfLanguages
        ? wish == "*" || string.Equals(wish.Replace('_', '-'), offer.Replace('_', '-'), StringComparison.OrdinalIgnoreCase)
        : MediaTypeHeaderValue.TryParse(offer, out var type) && type.IsSubsetOf(MediaTypeHeaderValue.Parse(wish));

    static bool IsQuality(NameValueHeaderValue parameter) => parameter.Name.Equals("q", StringComparison.OrdinalIgnoreCase);

    // A class, because LINQ is compiled again for each struct.
    sealed record Wish(string Value, double Quality);

    static string Family(string tag) => tag.Split('-', '_')[0];
}
