using Modular.Proofs.Routing;

namespace Modular.Proofs.Differential;

/// <summary>Random rule sets with everything that rules can have, and questions that fit them more often than not.</summary>
static class QuestionGen
{
    static readonly string[] Endpoints = ["e0", "e1", "e2"];

    // Variable names come in the order n, x, y, …, so these defaults often meet a variable of another rule.
    static readonly Gen<Dictionary<string, object?>?> Defaults = Pick.Of<Dictionary<string, object?>?>(
        null, null, null, null, new() { ["n"] = 1 }, new() { ["n"] = "a" }, new() { ["x"] = 2 }, new() { ["n"] = 12, ["x"] = "ab" });

    static readonly Gen<string> Domains = Pick.Of("", "", "", "a", "<n>", "<n>.a");

    static readonly Gen<RuleModel> Rules = Gen.Select(
        RuleGen.Matching, Pick.Of(Endpoints), Defaults, Gen.Int[0, 15], Domains, Complete);

    static readonly Gen<RuleSet> Sets = Gen.Select(
        Gen.Bool, Gen.Bool, Gen.Int[0, 9], Rules.Array[1, 8], (strict, merge, rare, rules) =>
        {
            var options = new RoutingOptions
            {
                StrictSlashes = strict,
                MergeSlashes = merge,
                RedirectDefaults = rare > 0,
                HostMatching = rare == 1,
                SubdomainMatching = rare is 2 or 3,
            };
            return new RuleSet(options, [.. WithoutLonelyAliases(rules).Select(rule => AtHome(rule, options))]);
        });

    internal static readonly Gen<Question> Questions = Sets.SelectMany(set => Gen.Select(
        Pick.Of("", "", "/app", "/ü b"),
        Pick.Of("http", "https"),
        set.Options.SubdomainMatching ? Pick.Of("", "a", "b", "ab.a") : Gen.Const(""),
        Pick.Of("", "", "q=%41+b&q"),
        Asks(set).Array[4, 12],
        (pathBase, scheme, subdomain, query, asks) => new Question(set, pathBase, scheme, subdomain, query, asks)));

    static Gen<Ask> Asks(RuleSet set) => Gen.Frequency(
        (6, Gen.Select(RuleGen.Paths(set), Pick.Of("GET", "GET", "POST", "HEAD", "PUT", "get"), Gen.Int[0, 9], (path, method, rare) =>
            (Ask)new MatchAsk(path, method, rare == 0))),
        (1, RuleGen.Paths(set).Select(path => (Ask)new AllowedAsk(path))),
        (4, Builds(set)));

    static Gen<Ask> Builds(RuleSet set) => Pick.Of(set.Rules).SelectMany(rule =>
    {
        var values = Gen.Const<(string, object?)[]>([]);
        foreach (var token in rule.Variables) values = With(values, token.Name, token.Kind!.Values);
        foreach (var (name, value) in rule.Options.Defaults ?? new Dictionary<string, object?>())
            values = With(values, name, Gen.Frequency((3, Gen.Const(value!)), (1, Pick.Of<object>(1, 2, "a", "ab"))));
        var others = Pick.Of<(string, object?)[]>(
            [], [], [], [("q", "a b")], [("q", new object?[] { 1, "ü&=", null, 2.5 }), ("r", null)], [("+", "!$'()*,/:;?@|~#[]")], [("r", "")]);
        var options = Gen.Select(
            Pick.Of<string?>(null, null, null, "GET", "POST"), Pick.Of(false, false, true), Pick.Of(null, "https", "http", ""), Gen.Int[0, 7],
            (method, external, scheme, rare) => new UrlOptions
            {
                Method = method,
                External = external ? true : null,
                Scheme = external ? scheme : null,
                AppendUnknown = rare > 0,
            });
        return Gen.Select(values, others, options, Gen.Int[0, 20], (given, more, how, rare) =>
            (Ask)new BuildAsk(rare == 0 ? "nowhere" : rule.Endpoint, [.. given.Concat(more).DistinctBy(pair => pair.Item1)], how));
    });

    static Gen<(string, object?)[]> With(Gen<(string, object?)[]> values, string name, Gen<object> value) => Gen.Select(
        values, value, Gen.Int[0, 12], (before, one, rare) => rare switch
        {
            0 => before,
            1 => [.. before, (name, null)],
            _ => ((string, object?)[])[.. before, (name, one)],
        });

    static RuleModel Complete(RuleModel rule, string endpoint, Dictionary<string, object?>? defaults, int rare, string domain) => rule with
    {
        Endpoint = endpoint,
        Options = With(rule.Options, options =>
        {
            options.Defaults = defaults is not null && Fits(rule, defaults) ? defaults : null;
            options.Alias = rare == 0;
            options.RedirectTo = rare == 1 ? Target(rule) : null;
            options.Subdomain = domain;
        }),
    };

    static RuleOptions With(RuleOptions options, Action<RuleOptions> change)
    {
        var copy = options.Copy();
        change(copy);
        return copy;
    }

    // A default that its own converter refuses is a mistake in the rule, which no two programs need agree about.
    static bool Fits(RuleModel rule, Dictionary<string, object?> defaults) =>
        !rule.Variables.Any(token => defaults.TryGetValue(token.Name, out var value) && (value is string || token.Kind!.Weight != 50));

    static string Target(RuleModel rule) =>
        rule.Variables.FirstOrDefault() is { } token ? $"new/<{token.Name}>.x" : "/b?c";

    static IEnumerable<RuleModel> WithoutLonelyAliases(RuleModel[] rules) => rules.Select(rule =>
        !rule.Options.Alias || rules.Any(other => other.Endpoint == rule.Endpoint && !other.Options.Alias && !other.Options.BuildOnly) ? rule
            : rule with { Options = With(rule.Options, options => options.Alias = false) });

    // With host matching a domain is a whole host; without both, it is empty. Names are the rule's own, so that no variable is duplicated.
    static RuleModel AtHome(RuleModel rule, RoutingOptions options)
    {
        var domain = rule.Variables.Any(token => token.Name == "n") || rule.Options.Defaults?.ContainsKey("n") is true
            ? rule.Options.Subdomain!.Replace("<n>", "<d>", StringComparison.Ordinal)
            : rule.Options.Subdomain!;
        return rule with
        {
            Options = With(rule.Options, own =>
            {
                own.Subdomain = options.SubdomainMatching ? domain : null;
                own.Host = options.HostMatching ? domain is "<d>" ? "<d>.org" : Question.Server : null;
            }),
        };
    }
}
