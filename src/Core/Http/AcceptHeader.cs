using System.Globalization;

namespace Modular;

/// <summary>
/// What a client would like to get, as its <c>Accept</c>, <c>Accept-Encoding</c> or <c>Accept-Language</c> header says: RFC 9110 §12.5.
/// </summary>
public sealed class AcceptHeader
{
    readonly AcceptKind _kind;
    readonly AcceptItem[] _items;

    AcceptHeader(AcceptKind kind, List<AcceptItem> asSent) => (_kind, _items) = (kind, Rank(kind, asSent));

    /// <summary>The wishes, the most specific first, then the most wanted, then as sent. An item with a broken <c>q</c> is left out.</summary>
    public IReadOnlyList<AcceptItem> Items => _items;

    /// <summary>The offer that the client likes best, or null when it accepts none of them.</summary>
    /// <param name="offers">As <c>application/json</c>. Of two that are equally welcome the more specifically named wins, then the first.</param>
    /// <example><code>if (request.Accept.Best("application/json", "text/html") == "text/html") …</code></example>
    public string? Best(params ReadOnlySpan<string> offers) =>
        BestOf(offers) ?? (_kind == AcceptKind.Language ? BestLanguage(offers) : null);

    /// <summary>How much the client wants this, from 0 (not at all) to 1.</summary>
    public double Quality(string offer) => Find(offer)?.Quality ?? 0;

    /// <summary>The header's value, with the items in the order of <see cref="Items"/>.</summary>
    public override string ToString() => string.Join(",", _items);

    internal static AcceptHeader Parse(string? header, AcceptKind kind)
    {
        var items = new List<AcceptItem>();
        foreach (var text in HeaderList.Parse(header))
            if (AcceptItem.Parse(text) is { } item) items.Add(item);
        return new AcceptHeader(kind, items);
    }

    // Keys beside the items: the sort is not stable by itself, and looks at each key many times.
    static AcceptItem[] Rank(AcceptKind kind, List<AcceptItem> asSent)
    {
        var items = asSent.ToArray();
        var ranks = new (int Specificity, double Quality, int Place)[items.Length];
        for (var i = 0; i < items.Length; i++) ranks[i] = (-kind.Specificity(items[i].Value), -items[i].Quality, i);
        Array.Sort(ranks, items);
        return items;
    }

    AcceptItem? Find(string offer)
    {
        foreach (var item in _items)
            if (_kind.Matches(offer, item.Value)) return item;
        return null;
    }

    string? BestOf(ReadOnlySpan<string> offers)
    {
        string? best = null;
        var (quality, specificity) = (0.0, -1);
        foreach (var offer in offers)
        {
            if (Find(offer) is not { Quality: > 0 } item || item.Quality < quality) continue;
            var itsSpecificity = _kind.Specificity(item.Value);
            if (item.Quality == quality && itsSpecificity <= specificity) continue;
            (best, quality, specificity) = (offer, item.Quality, itsSpecificity);
        }
        return best;
    }

    // A client that wants "en-GB" takes "en", and one that wants "en" takes "en-GB".
    string? BestLanguage(ReadOnlySpan<string> offers)
    {
        var families = new List<AcceptItem>(_items.Length);
        foreach (var item in _items) families.Add(item with { Value = AcceptKinds.PrimaryLanguage(item.Value) });
        if (new AcceptHeader(AcceptKind.Language, families).BestOf(offers) is { } best) return best;

        var shortened = new string[offers.Length];
        for (var i = 0; i < offers.Length; i++) shortened[i] = AcceptKinds.PrimaryLanguage(offers[i]);
        var language = BestOf(shortened);
        return language is null ? null : offers[Array.IndexOf(shortened, language)];
    }
}

/// <summary>One wish of an <see cref="AcceptHeader"/>.</summary>
/// <param name="Value">As <c>text/html</c>, <c>text/*</c>, <c>gzip</c>, <c>en-GB</c>; a media type's parameters belong to it.</param>
/// <param name="Quality">From 0 (never) to 1.</param>
public readonly record struct AcceptItem(string Value, double Quality)
{
    /// <summary><c>text/html;q=0.5</c>.</summary>
    public override string ToString() => Quality == 1 ? Value : string.Create(CultureInfo.InvariantCulture, $"{Value};q={Quality}");

    internal static AcceptItem? Parse(string text)
    {
        var (value, options) = HeaderOptions.Parse(text);
        var quality = 1.0;
        if (options.TryGetValue("q", out var wish)
            && (!double.TryParse(wish, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality) || quality > 1)) return null;
        return new(string.Concat([value, .. options.Where(option => option.Key != "q").Select(option => $"; {option.Key}={option.Value}")]), quality);
    }
}
