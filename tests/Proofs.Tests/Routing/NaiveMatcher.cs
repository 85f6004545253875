using System.Text.RegularExpressions;

namespace Modular.Proofs.Routing;

/// <summary>
/// Werkzeug 3.2's search over plain lists: every rule is a list of parts, a state is the rules that are still possible, and regular
/// expressions do the matching. Clear and slow; it shares nothing with the compiled tree but the rules' models.
/// </summary>
sealed class NaiveMatcher(RuleSet set, IReadOnlyList<int> refused)
{
    sealed record Part(string Content, bool IsStatic, bool IsFinal, bool IsSuffixed, int[] Weight)
    {
        internal string Key => $"{IsFinal} {IsSuffixed} {Content} {string.Join(' ', Weight)}";
    }

    /// <summary>A rule that is still possible, and the parts that are left of it.</summary>
    sealed record Way(int Rule, Part[] Left);

    sealed class SlashIsMissing : Exception;

    sealed record Hit(int Rule, string[] Values);

    readonly HashSet<string> _missed = [];
    bool _missedWebSocket;

    /// <summary><c>3 a|b</c> for rule 3 with its values, <c>308 /path</c>, <c>405 GET,HEAD</c>, <c>400</c> or <c>404</c>.</summary>
    internal string Match(string path, string method, bool webSocket)
    {
        if (path.Length > 0) path = "/" + path.TrimStart('/');
        var hit = (Hit?)null;
        try
        {
            hit = Walk(Ways(), path.Split('/'), [], method, webSocket);
            if (hit is null && set.Options.MergeSlashes)
            {
                path = Regex.Replace(path, "/{2,}", "/");
                hit = Walk(Ways(), path.Split('/'), [], method, webSocket);
                if (hit is not null) return MergesSlashes(set.Rules[hit.Rule]) ? $"308 {path}" : Missed();
            }
        }
        catch (SlashIsMissing)
        {
            return $"308 {path}/";
        }
        return hit is not null && Accepts(hit) ? $"{hit.Rule} {string.Join('|', hit.Values)}".TrimEnd() : Missed();
    }

    string Missed() => _missed.Count > 0 ? $"405 {string.Join(',', _missed.Order(StringComparer.Ordinal))}" : _missedWebSocket ? "400" : "404";

    Hit? Walk(Way[] ways, ReadOnlySpan<string> segments, string[] values, string method, bool webSocket)
    {
        if (segments.IsEmpty) return Arrive(ways, values, method, webSocket);
        var segment = segments[0];
        var fixedWays = Behind(ways, part => part.IsStatic && part.Content == segment);
        if (fixedWays.Length > 0 && Walk(fixedWays, segments[1..], values, method, webSocket) is { } found) return found;

        foreach (var part in ways.Where(way => way.Left is [{ IsStatic: false }, ..]).Select(way => way.Left[0])
            .DistinctBy(part => part.Key).OrderBy(part => part.Weight, Comparer<int[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other))))
        {
            var match = Regex.Match(part.IsFinal ? string.Join('/', segments.ToArray()) : segment, $@"\A{part.Content}\z");
            if (!match.Success) continue;
            var groups = match.Groups.Values.Skip(1).Select(group => group.Value).ToArray();
            ReadOnlySpan<string> rest = !part.IsFinal ? segments[1..] : part.IsSuffixed && groups[^1] == "/" ? [""] : [];
            var more = part.IsSuffixed ? groups[..^1] : groups;
            if (Walk(Behind(ways, other => other.Key == part.Key && !other.IsStatic), rest, [.. values, .. more], method, webSocket) is { } hit)
                return hit;
        }

        return segments is [""] ? Choose(ways.Where(way => !IsStrict(set.Rules[way.Rule])), values, method, webSocket) : null;
    }

    Hit? Arrive(Way[] ways, string[] values, string method, bool webSocket)
    {
        if (Choose(ways, values, method, webSocket) is { } hit) return hit;
        foreach (var way in Behind(ways, part => part is { IsStatic: true, Content: "" }).Where(way => way.Left.Length == 0))
        {
            var rule = set.Rules[way.Rule];
            if (rule.Options.WebSocket != webSocket || !Answers(rule, method)) continue;
            return IsStrict(rule) ? throw new SlashIsMissing() : new(way.Rule, values);
        }
        return null;
    }

    Hit? Choose(IEnumerable<Way> ways, string[] values, string method, bool webSocket)
    {
        foreach (var way in ways.Where(way => way.Left.Length == 0))
        {
            var rule = set.Rules[way.Rule];
            if (!Answers(rule, method)) _missed.UnionWith(MethodsOf(rule)!);
            else if (rule.Options.WebSocket != webSocket) _missedWebSocket = true;
            else return new(way.Rule, values);
        }
        return null;
    }

    static Way[] Behind(Way[] ways, Predicate<Part> isNext) =>
        [.. ways.Where(way => way.Left.Length > 0 && isNext(way.Left[0])).Select(way => way with { Left = way.Left[1..] })];

    // Every path starts with a slash, so the first segment of all is empty.
    Way[] Ways() =>
        [.. Enumerable.Range(0, set.Rules.Length)
            .Where(i => !refused.Contains(i) && !set.Rules[i].Options.BuildOnly)
            .Select(i => new Way(i, [new("", true, false, false, []), .. Parts(set.Rules[i])]))];

    List<Part> Parts(RuleModel rule)
    {
        var segments = MergesSlashes(rule)
            ? [.. rule.Segments.Where((segment, i) => segment.Length > 0 || i == rule.Segments.Length - 1)]
            : rule.Segments;
        List<Part> parts = [];
        for (var i = 0; i < segments.Length; i++)
        {
            var isFinal = segments[i].Any(token => token.Kind?.IsFinal is true);
            var part = isFinal ? segments[i..] : [segments[i]];
            var isSuffixed = isFinal && part.Length > 1 && part[^1].Length == 0;
            Token[] tokens = [.. part.SelectMany(segment => segment)];
            Token[] fixedTokens = [.. tokens.Where(token => token.Kind is null)], variables = [.. tokens.Where(token => token.Kind is not null)];
            var content = variables.Length == 0
                ? string.Concat(tokens.Select(token => token.Fixed))
                : string.Join('/', (isSuffixed ? part[..^1] : part).Select(segment => string.Concat(segment.Select(PatternOf))));
            int[] weight =
            [
                -fixedTokens.Length, .. fixedTokens.Select(token => -token.Fixed.Length),
                -variables.Length, .. variables.Select(token => token.Kind!.Weight),
            ];
            parts.Add(new(content + (isSuffixed ? "(?<!/)(/?)" : ""), variables.Length == 0, isFinal, isSuffixed, weight));
            if (isSuffixed) parts.Add(new("", true, false, false, []));
            if (isFinal) break;
        }
        return parts;
    }

    static string PatternOf(Token token) => token.Kind is { } kind ? $"({kind.Pattern})" : Regex.Escape(token.Fixed);

    bool Accepts(Hit hit) =>
        set.Rules[hit.Rule].Variables.Zip(hit.Values).All(pair => pair.First.Kind!.Accepts?.Invoke(pair.Second) is not false);

    bool IsStrict(RuleModel rule) => rule.Options.StrictSlashes ?? set.Options.StrictSlashes;

    bool MergesSlashes(RuleModel rule) => rule.Options.MergeSlashes ?? set.Options.MergeSlashes;

    static string[]? MethodsOf(RuleModel rule) =>
        rule.Options.Methods is not { } methods ? null : methods.Contains("GET") ? [.. methods, "HEAD"] : [.. methods];

    static bool Answers(RuleModel rule, string method) => MethodsOf(rule)?.Contains(method) is not false;
}
