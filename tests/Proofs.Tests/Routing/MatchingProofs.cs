namespace Modular.Proofs.Routing;

public sealed class MatchingProofs(ITestOutputHelper output)
{
    static readonly Gen<(RuleSet Set, (string Path, string Method, bool WebSocket)[] Asks)> Cases =
        RuleGen.MatchingSets.SelectMany(set =>
            Gen.Select(RuleGen.Paths(set), Pick.Of("GET", "GET", "POST", "HEAD", "PUT"), Gen.Int[0, 9].Select(i => i == 0))
                .Array[1, 12].Select(asks => (set, asks)));

    [Fact]
    public void The_compiled_tree_matches_like_a_naive_search_over_lists_of_parts()
    {
        SortedDictionary<string, int> answers = new(StringComparer.Ordinal);

        Proof.Holds(
            Cases,
            test =>
            {
                List<int> refused = [];
                var table = test.Set.Table(refused);
                foreach (var (path, method, webSocket) in test.Asks)
                {
                    // The naive search has no limit. A path whose matching was stopped can't be compared.
                    if (Found(table, path, method, webSocket) is not { } found) continue;
                    Assert.Equal(new NaiveMatcher(test.Set, refused).Match(path, method, webSocket), found);
                    var kind = found.Length > 1 && found[1] != ' ' ? found[..3] : found.Contains(' ', StringComparison.Ordinal) ? "values" : "fixed";
                    answers[kind] = answers.GetValueOrDefault(kind) + 1;
                }
            },
            cases: 6000,
            print: test => $"{test.Set}\n  {string.Join("\n  ", test.Asks)}");

        output.WriteLine(string.Join(", ", answers.Select(pair => $"{pair.Key}: {pair.Value}")));
        Assert.Equal(["308", "400", "404", "405", "fixed", "values"], answers.Where(pair => pair.Value > 100).Select(pair => pair.Key));
    }

    static string? Found(RouteTable table, string path, string method, bool webSocket)
    {
        table.Match(new RouteQuery(path, method, WebSocket: webSocket), out var match);
        if (match.StepCapReached) return null;
        var values = match.Values;
        return match.Outcome switch
        {
            RouteOutcome.Found =>
                $"{RuleSet.IndexOf(match.Rule!)} {string.Join('|', Enumerable.Range(0, values.Count).Select(i => values.Text(i)))}".TrimEnd(),
            RouteOutcome.Redirect => $"308 {match.RedirectPath}",
            RouteOutcome.MethodNotAllowed => $"405 {string.Join(',', match.AllowedMethods)}",
            RouteOutcome.WebSocketMismatch => "400",
            _ => "404",
        };
    }
}
