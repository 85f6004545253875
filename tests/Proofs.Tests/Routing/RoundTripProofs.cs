using System.Numerics;

namespace Modular.Proofs.Routing;

/// <summary><c>match(build(x)) == x</c> for every built-in converter.</summary>
public sealed class RoundTripProofs
{
    /// <summary>A variable's converter and a value of it.</summary>
    sealed record Filled(string Converter, object Value);

    static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[1, 12],
        Gen.String[Gen.Char["%/?#&=+;:@!$'()*,.~-_ <>|\\\""], 1, 8],
        Pick.Of("ä", "ß", "€", "漢", "𝟚", "😀", "e\u0301", "a").Array[1, 6].Select(string.Concat),
        Pick.Of(".", "..", "%2F", "%25", "//", "a//b", "-1", "\0", "\n"))
        .Select(WholeCharacters);

    static readonly Gen<string> Segment = Text.Select(text => text.Replace('/', '_'));

    // The values of a path variable: no leading slash, and no line break after the first character (as "." in a pattern).
    static readonly Gen<string> Path = Text.Select(text => (text.TrimStart('/') is { Length: > 0 } rest ? rest : "a").ReplaceLineEndings("_"));

    static readonly Gen<BigInteger> Whole = Gen.OneOf(
        Gen.Int.Select(number => (BigInteger)number),
        Gen.Long.Select(number => (BigInteger)number),
        Gen.ULong.Array[1, 5].Select(numbers => numbers.Aggregate(BigInteger.One, (product, number) => product * number)));

    static readonly Gen<double> Fraction = Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Double[-1000, 1000], Pick.Of(double.MaxValue, double.Epsilon, 1e16, 1e-5, 0.1));

    // Choices that a rule can contain: in quotes, on one line, and without the end of the arguments.
    static readonly Gen<Filled> Any = Gen.Select(
        Segment.Select(text => text.Replace('"', '_').Replace(')', '_').Replace('\n', '_')).Array[1, 5], Gen.Int[0, 4],
        (choices, which) => new Filled($"any({string.Join(", ", choices.Select(choice => $"\"{choice}\""))})", choices[which % choices.Length]));

    static readonly Gen<Filled> Variables = Gen.OneOf(
        Segment.Select(text => new Filled("default", text)),
        Segment.Select(text => new Filled($"string(length={CodePoints(text)})", text)),
        Segment.Select(text => new Filled($"string(minlength={CodePoints(text)}, maxlength={CodePoints(text) + 2})", text)),
        Whole.Select(number => new Filled("int(signed=True)", Smallest(number))),
        Whole.Select(number => new Filled("int", Smallest(BigInteger.Abs(number)))),
        Gen.Int[0, 99999].Select(number => new Filled("int(fixed_digits=5)", number)),
        Gen.Int[-9999, 9999].Select(number => new Filled("int(5, min=-9999, max=9999, signed=True)", number)),
        Fraction.Select(number => new Filled("float(signed=True)", number)),
        Fraction.Select(number => new Filled("float", Math.Abs(number))),
        Gen.Guid.Select(id => new Filled("uuid", id)),
        Any);

    // One variable in a segment, perhaps between fixed texts: with more, "1-2-3" could be read in two ways.
    static readonly Gen<(string Before, Filled Variable, string After)[]> Segments =
        Gen.Select(Pick.Of("", "", "a", "x-", "ü", "%", "1."), Variables, Pick.Of("", "", "b", ".html", " ", "-ü")).Array[1, 10];

    [Fact]
    public void A_rule_matches_the_values_that_its_url_was_built_from() => Proof.Holds(
        Segments,
        segments => RoundTrip(
            "/" + string.Join('/', segments.Select((segment, i) => $"{segment.Before}<{segment.Variable.Converter}:v{i}>{segment.After}")),
            [.. segments.Select(segment => segment.Variable.Value)]),
        cases: 5000);

    [Fact]
    public void A_path_comes_back_with_all_its_slashes() => Proof.Holds(
        Gen.Select(Path, Pick.Of("/<path:v0>", "/files/<path:v0>", "/x-<path:v0>.html", "/<path:v0>/raw")),
        test => RoundTrip(test.Item2, [test.Item1]),
        cases: 5000);

    [Fact]
    public void A_path_before_the_last_slash_comes_back() => Proof.Holds(
        Path.Select(path => path.TrimEnd('/')).Where(path => path.Length > 0),
        path => RoundTrip("/<path:v0>/", [path]));

    static void RoundTrip(string rule, object[] values)
    {
        var table = new RouteTable(new(), new ConverterTable());
        table.Add(rule, "e", new());
        var url = new UrlBinding(table, new UrlPlace("http", "example.org")).Build("e", [.. values.Select((value, i) => ($"v{i}", (object?)value))], new());

        Assert.DoesNotContain(url, c => c is <= ' ' or >= '\x7F' or '"' or '<' or '>' or '\\' or '?' or '#');
        table.Match(new RouteQuery(Percent.Decode(url), "GET"), out var match);

        Assert.Equal(RouteOutcome.Found, match.Outcome);
        Assert.Equal(values, match.Values.ToDictionary().Values);
    }

    static object Smallest(BigInteger number) => number switch
    {
        _ when number >= int.MinValue && number <= int.MaxValue => (object)(int)number,
        _ when number >= long.MinValue && number <= long.MaxValue => (object)(long)number,
        _ => number,
    };

    static int CodePoints(string text) => text.EnumerateRunes().Count();

    // UTF-8 can't encode a lone surrogate.
    internal static string WholeCharacters(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
