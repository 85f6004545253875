namespace Modular.Proofs.Routing;

/// <summary>The cost of a request is limited by its steps for all rule sets and paths. The tests count steps, not time.</summary>
public sealed class HostileProofs
{
    // Variables that match nearly anything, adjacent or around separators that a path can contain many times.
    static readonly Gen<string> Segment = Pick.Of(
        "<a>", "<path:a>", "<int:a>", "<int(signed=True):a>", "<float:a>", "<string(minlength=2):a>", "<string(maxlength=9):a>", "<any(a, aa, aaa):a>", "<wild:a>",
        "-", "a", "1", ".", "--").Array[1, 8].Select(string.Concat);

    static readonly Gen<string> Rule = Segment.Array[1, 8].Select(segments => Named("/" + string.Join('/', segments)));

    static readonly Gen<string> Path = Gen.Select(
        Pick.Of("-", "a", "1", "1.", "/", "-a", "a/", "1/", "aa/a", "//", "٤", "😀", "1-/"), Gen.Int[0, 8000], Pick.Of("", "x", "/", "\n", "-x", "/x"),
        (piece, times, end) => "/" + string.Concat(Enumerable.Repeat(piece, times)) + end);

    [Fact]
    public void No_search_continues_after_the_last_step() => Proof.Holds(
        Gen.Select(Rule.Array[1, 40], Path.Array[3]),
        test =>
        {
            var table = Table(test.Item1);
            foreach (var path in test.Item2)
            {
                table.Match(new RouteQuery(path, "GET"), out var match);

                // The last try costs as much as it looks through; all that wait for it end at once.
                Assert.InRange(match.Steps, 0, RouteTree.StepLimit + 2 + (path.Length / 64));
                Assert.Equal(match.Steps > RouteTree.StepLimit, match.StepCapReached);
                if (match.StepCapReached) Assert.Equal(RouteOutcome.NotFound, match.Outcome);
            }
        },
        cases: 12);

    static RouteTable Table(string[] rules)
    {
        var converters = new ConverterTable();
        converters.Add("wild", _ => new WildConverter());
        var table = new RouteTable(new(), converters);
        foreach (var rule in rules)
        {
            try
            {
                table.Add(rule, rule, new());
            }
            catch (ModularException)
            {
                // The same rule twice.
            }
        }
        return table;
    }

    static string Named(string rule)
    {
        for (var i = 0; rule.Contains("a>", StringComparison.Ordinal); i++)
        {
            var at = rule.IndexOf("a>", StringComparison.Ordinal);
            rule = $"{rule[..at]}v{i}>{rule[(at + 2)..]}";
        }
        return rule;
    }

    // A regular expression that would backtrack for a very long time.
    sealed class WildConverter : UrlConverter
    {
        public override string Pattern => "(?:a+-?)+";
    }
}
