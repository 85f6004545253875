namespace Modular.Proofs.Routing;

/// <summary>Random rules from few words, so that they conflict.</summary>
static class RuleGen
{
    static readonly string[] Names = ["n", "x", "y", "z", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12"];
    static readonly string[] Pieces = ["a", "b", "ab", "x-", "-", ".", "1", "ü", "a.b", " ", "+", "(", "|", "%"];

    static readonly Gen<Token> Fixed = Pick.Of(Pieces).Select(text => new Token(text));
    static readonly Gen<Token> Variable = Pick.Of(Kind.All).Select(kind => new Token("", kind));

    static readonly Gen<Token[]> Segment = Gen.Frequency(
        (10, Pick.Of("a", "b", "ab").Select(text => new[] { new Token(text) })),
        (8, Variable.Array[1]),
        (4, Gen.OneOf(Fixed, Variable).Array[1, 4]),
        (1, Fixed.Array[0]));

    static readonly Gen<Token[][]> Segments =
        Gen.Select(Segment.Array[0, 3], Gen.Int[0, 9], (segments, last) =>
            Numbered(segments.Length == 0 || last < 4 ? [.. segments, []] : segments));

    /// <summary>Rules that match and nothing else: no aliases, defaults and redirects.</summary>
    internal static readonly Gen<RuleModel> Matching = Gen.Select(
        Segments,
        Pick.Of<string[]?>(null, null, ["GET"], ["POST"], ["GET", "POST"], ["PUT"], ["HEAD"]),
        Flag, Flag, Gen.Int[0, 19],
        (segments, methods, strict, merge, rare) => new RuleModel(segments, "e", new()
        {
            Methods = rare == 0 && methods is not null ? ["GET"] : methods,
            StrictSlashes = strict,
            MergeSlashes = merge,
            WebSocket = rare == 0,
            BuildOnly = rare == 1,
        }));

    static Gen<bool?> Flag => Pick.Of<bool?>(null, null, null, null, true, false);

    internal static readonly Gen<RuleSet> MatchingSets = Gen.Select(
        Gen.Bool, Gen.Bool, Matching.Array[1, 8],
        (strict, merge, rules) => new RuleSet(new() { StrictSlashes = strict, MergeSlashes = merge }, rules));

    /// <summary>Paths that rules of the set are likely to match, or to miss by a little.</summary>
    internal static Gen<string> Paths(RuleSet set) => Gen.Frequency(
        (8, Pick.Of(set.Rules).SelectMany(Path)),
        (2, Pick.Of([.. Pieces, "/", "//", "2.5"]).Array[0, 6].Select(pieces => "/" + string.Concat(pieces))),
        (1, Pick.Of("/", "", "//", "a", "/a/", "///a", "/a///b")));

    static Gen<string> Path(RuleModel rule)
    {
        var path = Gen.Const("");
        foreach (var segment in rule.Segments)
        {
            path = path.Select(text => text + "/");
            foreach (var token in segment)
                path = Gen.Select(path, token.Kind?.Fitting ?? Gen.Const(token.Fixed), (text, more) => text + more);
        }
        return Gen.Select(path, Gen.Int[0, 15], Gen.Int[0, 30], Pick.Of(Pieces), Damage);
    }

    static string Damage(string path, int how, int where, string piece)
    {
        where %= path.Length + 1;
        return how switch
        {
            0 => path + "/",
            1 => path.TrimEnd('/'),
            2 => path.Replace("/", "//", StringComparison.Ordinal),
            3 => path.Insert(where, "/"),
            4 => path.Insert(where, piece),
            5 => path[..where],
            6 => path.Insert(where, "//"),
            _ => path,
        };
    }

    // Fixed neighbours are one text to a parser, and variables need names.
    static Token[][] Numbered(Token[][] segments)
    {
        var variables = 0;
        return [.. segments.Select(segment =>
        {
            List<Token> tokens = [];
            foreach (var token in segment)
            {
                if (token.Kind is not null) tokens.Add(token with { Name = Names[variables++] });
                else if (tokens is [.., { Kind: null } before]) tokens[^1] = new(before.Fixed + token.Fixed);
                else tokens.Add(token);
            }
            return tokens.ToArray();
        })];
    }
}
