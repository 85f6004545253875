using System.Text.RegularExpressions;
using Modular.Proofs.Routing;

namespace Modular.Proofs.Differential;

/// <summary>The allowed differences from the tested Werkzeug. Each has its reason; any other difference is a mistake.</summary>
static partial class KnownDifferences
{
    /// <summary>The name of the difference that explains this question; null when both must agree.</summary>
    internal static string? Of(RuleSet set, Ask ask, string theirs, string ours, bool isNewest) => ask switch
    {
        // Werkzeug tries to build the alias's redirect although only the methods were asked for.
        AllowedAsk when theirs is "bad value" or "no rule" && set.Rules.Any(rule => rule.Options.Alias) => "an alias is no error to a question for methods",
        _ when OnlyNumbersDiffer(set, theirs, ours) => "a float is written so that its rule matches it",
        // 2.2 merges slashes two by two, in paths and in rules: of three it makes two. Fixed in 3.0.
        _ when !isNewest && set.Rules.Any(rule => rule.Text.Contains("///", StringComparison.Ordinal)) => "2.2 makes two slashes of three",
        BuildAsk build => OfBuilding(set, build),
        MatchAsk match => OfMatching(set, match.Path, isNewest),
        AllowedAsk allowed => OfMatching(set, allowed.Path, isNewest),
        _ => null,
    };

    static string? OfMatching(RuleSet set, string path, bool isNewest)
    {
        // The reference of RFC 3986 §5.2 keeps empty segments; urllib drops them, which changes a path value.
        if (path.Contains("//", StringComparison.Ordinal) && set.Rules.Any(rule => rule.Options.RedirectTo is not null))
            return "urllib drops empty segments of a target";
        // An alias passes its values on, so the differences of building apply: a UUID's place, and a host that a value must not end.
        if (set.Rules.Any(rule => rule.Options.Alias) && set.Rules.Any(rule => rule.Variables.Any(token => token.Kind!.Text is "uuid:")
            || (rule.Options.Subdomain ?? rule.Options.Host ?? "").Contains('<', StringComparison.Ordinal)))
            return "an alias builds with values of another converter";
        if (isNewest) return null;
        if (path.Contains("///", StringComparison.Ordinal)) return "2.2 makes two slashes of three";
        // 2.2 redirects to a merged path also for a rule that wants its slashes unmerged.
        if (path.Contains("//", StringComparison.Ordinal) && set.Rules.Any(rule => rule.Options.MergeSlashes is false))
            return "2.2 merges for rules that do not merge";
        // 2.2 takes the last slash of <path:p>/ into the pattern, so that a missing one is never noticed. Changed in 2.2.3.
        if (set.Rules.Any(rule => rule.IsFinal && rule.Text.EndsWith('/'))) return "2.2 has no suffixed parts";
        return null;
    }

    static string? OfBuilding(RuleSet set, BuildAsk ask)
    {
        foreach (var rule in set.Rules.Where(rule => rule.Endpoint == ask.Endpoint))
        {
            foreach (var token in rule.Variables)
                if (Given(rule, ask, token.Name) is { } value && OfValue(token.Kind!, value) is { } difference)
                    return difference;
            // Modular refuses values that would lead to another host. Werkzeug builds the URL.
            if ((rule.Options.Host ?? rule.Options.Subdomain) is { } domain && domain.Contains('<', StringComparison.Ordinal)
                && OracleText.Plain(Given(rule, ask, "n") ?? Given(rule, ask, "d")).AsSpan().ContainsAny('/', '@'))
                return "a value never ends the host";
        }
        return null;
    }

    static object? Given(RuleModel rule, BuildAsk ask, string name) =>
        Array.Find(ask.Values, pair => pair.Name == name).Value ?? rule.Options.Defaults?.GetValueOrDefault(name);

    static string? OfValue(Kind kind, object value)
    {
        // Werkzeug writes what it is given in a UUID's place as it is, so that a "%" makes a broken URL; and a UUID is a number to int().
        return value is Guid && kind.Weight == 50 || value is not Guid && kind.Text is "uuid:" ? "a UUID is no text and no number" : null;
    }

    // 2.2 writes 1e+25, and 3.2 writes 7 as "7.": no rule matches either. 3.2 drops what is behind six digits. And the text of 7.0 is "7" in .NET.
    static bool OnlyNumbersDiffer(RuleSet set, string theirs, string ours) =>
        set.Rules.Any(rule => rule.Variables.Any(token => token.Kind!.Text.StartsWith("float", StringComparison.Ordinal)))
        && (Inexact().IsMatch(theirs) || WholeFraction().Replace(Normal(theirs), "") == WholeFraction().Replace(Normal(ours), ""));

    /// <summary>
    /// The URL with what 2.2 and 3 quote differently written plainly: 3 follows the URL standard's sets. Both read the same when decoded.
    /// </summary>
    internal static string Normal(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? Plain(url, "!$&'()*+,;=@|")
            : Plain(url[..query], "!$&'()*+,;=@|") + Plain(url[query..], "!$'()*,/:;?@|");
    }

    static string Plain(string text, string chars) => Encoded().Replace(text, match =>
        (char)Convert.ToInt32(match.Value[1..], 16) is var c && chars.Contains(c, StringComparison.Ordinal) ? c.ToString() : match.Value);

    [GeneratedRegex(@"\de\+\d|\d{16,}\.|\.\d{6}")]
    private static partial Regex Inexact();

    [GeneratedRegex(@"(?<=\d)[.0]+")]
    private static partial Regex WholeFraction();

    [GeneratedRegex("%[0-9A-F]{2}")]
    private static partial Regex Encoded();
}
