using System.Globalization;
using Conformance.Tests.Sections;

namespace Conformance.Tests;

// The sample and the same application on Flask get the same requests. MODULAR_CONFORMANCE=500 sends so many for each section, from a seed of their own,
// MODULAR_CONFORMANCE_SEED=7 those of a seed once more.
public sealed class ConformanceTests(BothSides sides, ITestOutputHelper output) : IClassFixture<BothSides>
{
    static readonly int? Asked = Number("MODULAR_CONFORMANCE");
    static readonly int Seed = Number("MODULAR_CONFORMANCE_SEED") ?? (Asked is null ? 1 : Random.Shared.Next(1_000_000));

    static readonly Dictionary<string, ISection> Sections = new()
    {
        ["2 routing"] = new RoutingSection(), ["3 methods"] = new MethodsSection(), ["4 URL building"] = new BuildingSection(), ["5 request"] = new RequestSection(), ["5 JSON"] = new JsonSection(),
        ["6 responses"] = new ResponseSection(), ["6 cookies"] = new CookieSection(), ["7 hooks"] = new HooksSection(), ["8 sessions"] = new SessionSection(), ["9 flashing"] = new FlashSection(),
        ["10 uploads"] = new UploadSection(), ["10 limits"] = new LimitSection(), ["11 templates"] = new TemplateSection(), ["12 middleware"] = new MiddlewareSection(), ["13 static files"] = new StaticSection(),
        ["14 plain application"] = new PlainSection(),
    };

    public static TheoryData<string> Names => [.. Sections.Keys];

    public static TheoryData<string> Differences => [.. KnownDifferences.All.Select(known => known.Name)];

    [NeedsTheory(Tool.Flask, Tool.Gunicorn)]
    [MemberData(nameof(Names))]
    public async Task Random_requests_get_the_same_responses_as_from_Flask(string section)
    {
        var (differ, random, count) = (new Differ(sides), new Random(Seed), section == "10 limits" ? (Asked ?? 40) / 4 : Asked ?? 40);

        for (var i = 0; i < count; i++)
        {
            var request = Sections[section].Next(random);
            if (request.KeepsCookies) differ.Shuffle(random);
            await differ.Ask(request);
        }

        output.WriteLine($"{section}: seed {Seed}: {differ.Summary}");
        differ.AssertAlike($"{section}, MODULAR_CONFORMANCE={count} MODULAR_CONFORMANCE_SEED={Seed}");
    }

    [NeedsFact(Tool.Flask, Tool.Gunicorn)]
    public async Task Handwritten_requests_get_the_same_responses_as_from_Flask()
    {
        var differ = new Differ(sides);

        foreach (var request in ByHand.Requests) await differ.Ask(request);

        output.WriteLine(differ.Summary);
        differ.AssertAlike("by hand");
    }

    [NeedsTheory(Tool.Flask, Tool.Gunicorn)]
    [MemberData(nameof(Differences))]
    public async Task A_known_difference_is_still_there(string name)
    {
        var known = KnownDifferences.All.Single(known => known.Name == name);

        var pair = await sides.Ask(known.Example);

        Assert.True(KnownDifference.Of(pair) is { } names && names.Contains(name), $"{name} is no difference any more, or another one:\n{pair}");
    }

    [NeedsFact(Tool.Flask, Tool.Gunicorn)]
    public async Task Fifty_requests_at_once_do_not_see_each_other()
    {
        var requests = Enumerable.Range(0, 50).Select(i => RawRequest.Get($"/hooks/isolated?id=visitor-{i}&delay={i * 7 % 50}", ("Cookie", $"who=w{i}")));

        var pairs = await Task.WhenAll(requests.Select(request => sides.Ask(request)));

        Assert.All(pairs, pair => Assert.False(pair.Different.Except(["vary"]).Any(), pair.ToString()));
    }

    static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
