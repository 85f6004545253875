using System.Text;
using Microsoft.AspNetCore.Http;
using Modular.Routing;
using Modular.Uploads;
using Modular.Uploads.Tests;

namespace Modular.Fuzz;

/// <summary>Processes an input. Only exceptions that aren't an HTTP error are thrown.</summary>
public delegate void Target(ReadOnlySpan<byte> input);

/// <summary>The readers of untrusted input and of rules, each with the invariants of its result.</summary>
public static class Targets
{
    // A rule is written by the application's author: one of a thousand segments is not worth a deeper stack.
    const int LongestRule = 1000;

    /// <summary>The targets by name; each has a folder of the same name in the corpus.</summary>
    public static SortedDictionary<string, Target> All { get; } = new(StringComparer.Ordinal)
    {
        ["rule"] = Rule,
        ["match"] = Match,
        ["cookie"] = Cookie,
        ["query"] = Query,
        ["form"] = Form,
        ["multipart"] = UploadTargets.Multipart,
        ["filename"] = UploadTargets.Filename,
        ["forwarded"] = ForwardedTarget.Run,
        ["session"] = SessionTarget.Run,
        ["jinja"] = JinjaTarget.Run,
    };

    // The whole input is a rule, and then a path, and a value for each of the rule's variables.
    static void Rule(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var table = new RouteTable(new(), new ConverterTable());
        if (!TryAdd(table, text)) return;
        Answer(table, text);
        try
        {
            new UrlBinding(table, new UrlPlace("http", "example.org")).Build(text, [.. table.Rules[0].Variables.Select(name => (name, (object?)text))], new());
        }
        catch (ModularException)
        {
            // Not every text is a number.
        }
    }

    // A rule in each line up to an empty one; the rest is the path.
    static void Match(ReadOnlySpan<byte> input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n');
        var table = new RouteTable(new(), new ConverterTable());
        var line = 0;
        for (; line < lines.Length && lines[line].Length > 0; line++) TryAdd(table, lines[line]);
        Answer(table, string.Join('\n', lines.Skip(line + 1)));
    }

    static bool TryAdd(RouteTable table, string text)
    {
        if (text.Length > LongestRule) return false;
        try
        {
            table.Add(text, text, new());
            return true;
        }
        catch (ModularException)
        {
            return false;
        }
    }

    static void Answer(RouteTable table, string path)
    {
        var binding = new UrlBinding(table, new UrlPlace("http", "example.org"));
        table.Match(binding.Query(path), out var match);
        Demand(match.Steps <= RouteTree.StepLimit + 2 + (path.Length / 64), "The search goes on behind its last step.");
        if (match.Outcome == RouteOutcome.Found)
            for (var i = 0; i < match.Values.Count; i++) match.Values.Value(i);
        if (match.Outcome == RouteOutcome.Redirect)
        {
            var url = binding.RedirectUrl(match);
            Demand(url.StartsWith("http://example.org/", StringComparison.Ordinal), "A redirect leads to another host.");
            Demand(!url.AsSpan().ContainsAnyExceptInRange('!', '~'), "A redirect is no ASCII.");
        }
    }

    static void Cookie(ReadOnlySpan<byte> input)
    {
        foreach (var (name, _) in RequestCookies.Parse(Encoding.UTF8.GetString(input)).Pairs)
            Demand(name.Length > 0, "A cookie has no name.");
    }

    static void Query(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var query = QueryString.Parse(text);
        foreach (var name in query.Keys) Demand(query.GetAll(name).Count > 0, "A name has no value.");
        Demand(query.Pairs.Sum(pair => pair.Key.Length + pair.Value.Length) <= text.Length, "A query grows.");
    }

    // The first line is the content type, the rest the body.
    static void Form(ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf((byte)'\n');
        var (type, options) = PartHeaderOptions.Parse(Encoding.UTF8.GetString(end < 0 ? input : input[..end]));
        var body = end < 0 ? [] : input[(end + 1)..];
        if (type == "application/x-www-form-urlencoded") QueryString.Parse($"?{Encoding.UTF8.GetString(body)}");
        if (type != "multipart/form-data" || !options.TryGetValue("boundary", out var boundary) || boundary.Length == 0) return;
        try
        {
            FormFields.Read(body.ToArray(), boundary, new UploadLimits { MaxFormParts = 10, MaxFormMemorySize = 1000 });
        }
        catch (HttpException error)
        {
            Demand(error.Status is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge, "The status is another.");
        }
    }

    internal static void Demand(bool holds, string mistake)
    {
        if (!holds) throw new InvalidOperationException(mistake);
    }
}
