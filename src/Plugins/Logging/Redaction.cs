using System.Text;

namespace Modular.Logging;

/// <summary>Formats queries, headers and cookies without secret values.</summary>
sealed class Redaction(LoggingOptions options)
{
    const string Hidden = "***";

    readonly HashSet<string> _query = new(options.HiddenQuery, StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> _headers = new(options.HiddenHeaders, StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> _cookies = new(options.HiddenCookies, StringComparer.Ordinal);

    /// <param name="query">The original query with its <c>?</c>, or empty.</param>
    internal string Query(string query) => query.Length < 2 ? query : $"?{Pairs(query[1..], '&', _query, isEncoded: true)}";

    /// <summary>Formats a URL or a path without secret query values and without its fragment.</summary>
    internal string Url(string url)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) url = url[..fragment];
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? url : url[..query] + Query(url[query..]);
    }

    internal string Header(string name, string value) =>
        _headers.Contains(name) || _headers.Contains("*") ? Hidden
        : name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? Pairs(value, ';', _cookies, isEncoded: false)
        : name.Equals("Referer", StringComparison.OrdinalIgnoreCase) ? Url(value)
        : value;

    static string Pairs(string text, char separator, HashSet<string> hidden, bool isEncoded)
    {
        if (hidden.Count == 0) return text;
        var shown = new StringBuilder(text.Length);
        foreach (var range in text.AsSpan().Split(separator))
        {
            if (shown.Length > 0 || range.Start.Value > 0) shown.Append(separator);
            var pair = text.AsSpan(range);
            var equals = pair.IndexOf('=');
            // a cookie without a name counts as a value
            if (equals < 0) shown.Append(!isEncoded && hidden.Contains("*") ? Hidden : pair);
            else if (IsHidden(pair[..equals].Trim().ToString(), hidden, isEncoded)) shown.Append(pair[..(equals + 1)]).Append(Hidden);
            else shown.Append(pair);
        }
        return shown.ToString();
    }

    static bool IsHidden(string name, HashSet<string> hidden, bool isEncoded) =>
        hidden.Contains("*") || hidden.Contains(isEncoded ? Uri.UnescapeDataString(name.Replace('+', ' ')) : name);
}
