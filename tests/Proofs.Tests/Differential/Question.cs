using System.Globalization;
using System.Numerics;
using Modular.Proofs.Routing;

namespace Modular.Proofs.Differential;

/// <summary>One question about a set of rules.</summary>
abstract record Ask;

sealed record MatchAsk(string Path, string Method, bool WebSocket) : Ask;

sealed record AllowedAsk(string Path) : Ask;

sealed record BuildAsk(string Endpoint, (string Name, object? Value)[] Values, UrlOptions Options) : Ask
{
    public override string ToString() =>
        $"Build {Endpoint} {string.Join(", ", Values.Select(pair => $"{pair.Name}={OracleText.Plain(pair.Value)}"))} {Options}";
}

/// <summary>A set of rules, the address of the request, and the questions.</summary>
sealed record Question(RuleSet Set, string PathBase, string Scheme, string Subdomain, string Query, Ask[] Asks)
{
    internal const string Server = "example.org";

    internal UrlBinding Bind(RouteTable table) => new UrlBinding(
        table, new UrlPlace(Scheme, Server, PathBase, Query), subdomain: Set.Options.HostMatching ? null : Subdomain);
}

/// <summary>Questions and values as oracle.py reads and writes them.</summary>
static class OracleText
{
    internal static object Of(Question question, List<int> refused)
    {
        var options = question.Set.Options;
        return new
        {
            Strict = options.StrictSlashes,
            Merge = options.MergeSlashes,
            options.RedirectDefaults,
            options.HostMatching,
            Refused = refused,
            Rules = question.Set.Rules.Select(rule => new
            {
                rule.Text,
                rule.Endpoint,
                rule.Options.Methods,
                Strict = rule.Options.StrictSlashes,
                Merge = rule.Options.MergeSlashes,
                Websocket = rule.Options.WebSocket,
                rule.Options.BuildOnly,
                rule.Options.Alias,
                Defaults = rule.Options.Defaults?.ToDictionary(pair => pair.Key, pair => Json(pair.Value)),
                rule.Options.RedirectTo,
                Subdomain = rule.Options.Subdomain ?? "",
                rule.Options.Host,
            }),
            Bind = new
            {
                Server = Question.Server,
                Script = Percent.Encode(question.PathBase + "/", Percent.PathSafe),
                Subdomain = options.HostMatching ? null : question.Subdomain,
                question.Scheme,
                Method = "GET",
                question.Query,
            },
            Asks = question.Asks.Select(Of),
        };
    }

    static object Of(Ask ask) => ask switch
    {
        MatchAsk match => new { Op = "match", match.Path, match.Method, Websocket = match.WebSocket },
        AllowedAsk allowed => new { Op = "allowed", allowed.Path },
        BuildAsk build => new
        {
            Op = "build",
            build.Endpoint,
            Values = build.Values.ToDictionary(pair => pair.Name, pair => Json(pair.Value)),
            build.Options.Method,
            External = build.Options.External ?? false,
            build.Options.AppendUnknown,
            build.Options.Scheme,
        },
        _ => throw new NotSupportedException(),
    };

    /// <summary>A matched value as <c>show</c> of oracle.py writes it: the type's first letter, and its text or bits.</summary>
    internal static string Show(object? value) => value switch
    {
        double number => $"f:{BitConverter.DoubleToInt64Bits(number):x16}",
        string text => $"s:{text}",
        Guid uuid => $"U:{uuid}",
        null => "N:None",
        _ => $"i:{Plain(value)}",
    };

    internal static string Plain(object? value) => value switch
    {
        object?[] list => $"[{string.Join(", ", list.Select(Plain))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    static object? Json(object? value) => value switch
    {
        Guid uuid => new { Uuid = uuid },
        BigInteger number => System.Text.Json.Nodes.JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)),
        object?[] list => list.Select(Json),
        _ => value,
    };
}
