namespace Modular.Proofs.Differential;

/// <summary>Modular's results, in the format of oracle.py.</summary>
static class Answers
{
    internal static string Of(RouteTable table, UrlBinding binding, Ask ask)
    {
        try
        {
            return ask switch
            {
                MatchAsk match => Match(table, binding, match),
                AllowedAsk allowed => string.Join(',', table.AllowedMethods(allowed.Path, binding.Domain)),
                BuildAsk build => binding.Build(build.Endpoint, build.Values, build.Options),
                _ => throw new NotSupportedException(),
            };
        }
        catch (UrlBuildException)
        {
            return "no rule";
        }
        catch (ModularException)
        {
            return "bad value";
        }
    }

    static string Match(RouteTable table, UrlBinding binding, MatchAsk ask)
    {
        table.Match(new RouteQuery(ask.Path, ask.Method, binding.Domain, ask.WebSocket), out var match);
        return match.Outcome switch
        {
            RouteOutcome.Found => $"{Routing.RuleSet.IndexOf(match.Rule!)} {{{Values(match.Values)}}}",
            RouteOutcome.Redirect => $"308 {binding.RedirectUrl(match, ask.Method)}",
            RouteOutcome.MethodNotAllowed => $"405 {string.Join(',', match.AllowedMethods)}",
            RouteOutcome.WebSocketMismatch => "400",
            _ => "404",
        };
    }

    static string Values(in RouteValues values) => string.Join(", ", values.ToDictionary()
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={OracleText.Show(pair.Value)}"));

    /// <summary>The kind of result, for the count.</summary>
    internal static string KindOf(Ask ask, string answer) => ask switch
    {
        MatchAsk => answer.Contains('{', StringComparison.Ordinal) ? "found" : answer.Split(' ')[0],
        AllowedAsk => "allowed",
        _ => answer is "no rule" or "bad value" ? answer : "built",
    };
}
